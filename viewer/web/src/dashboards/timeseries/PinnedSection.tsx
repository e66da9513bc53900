import type { JSX } from "preact";
import { Icon } from "../../ui/Icon";
import { itemOfKey } from "./items";
import { PanelCard } from "./PanelCard";
import { readPanel } from "./panels";
import { clearPins, pins } from "./pins";
import { SeriesCard } from "./SeriesCard";

/** The cards that were pinned, in their order. */
export function PinnedSection(): JSX.Element | null {
  const keys = pins.value;
  if (!keys.length) return null;
  const pinned = keys.map((key) => ({ key, panel: readPanel(key), item: itemOfKey(key) }));
  const shown = pinned.filter(({ panel, item }) => panel || item);
  const missing = keys.length - shown.length;
  return (
    <section class="group pinned" aria-label="Pinned" data-testid="pinned">
      <div class="group-bar">
        <h2 class="group-head">
          <Icon name="pin" size={14} />
          <span class="group-name">Pinned</span>
          <span class="count">{shown.length}</span>
        </h2>
        {missing ? <span class="hint">{missing} more of runs that are not shown</span> : null}
        <button type="button" class="text-button" data-testid="clear-pins" onClick={clearPins}>
          Unpin all
        </button>
      </div>
      <div class="cards scalars-cards">
        {shown.map(({ key, panel, item }) =>
          panel ? (
            <PanelCard key={`panel:${panel.id}`} panel={panel} />
          ) : item ? (
            <SeriesCard key={key} item={item} prefix="" />
          ) : null,
        )}
      </div>
    </section>
  );
}
