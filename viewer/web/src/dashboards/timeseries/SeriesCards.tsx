import type { JSX } from "preact";
import { imageSize } from "../images/settings";
import type { SeriesItem } from "./items";
import { SeriesCard } from "./SeriesCard";
import { SERIES_KINDS, type SeriesKind } from "./settings";

const CARD_WIDTH = 288;

/** The cards of a group, those of a kind side by side. */
export function SeriesCards({ items, prefix }: { items: readonly SeriesItem[]; prefix: string }): JSX.Element {
  return (
    <>
      {SERIES_KINDS.map((kind) => {
        const members = items.filter((item) => item.kind === kind);
        if (!members.length) return null;
        return (
          <div key={kind} class={`cards ${kind}-cards`} style={{ "--card-width": `${widthOf(kind)}px` }}>
            {members.map((item) => (
              <SeriesCard key={item.key} item={item} prefix={prefix} />
            ))}
          </div>
        );
      })}
    </>
  );
}

const widthOf = (kind: SeriesKind): number => (kind === "images" ? imageSize.value : CARD_WIDTH);
