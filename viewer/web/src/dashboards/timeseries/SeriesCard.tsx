import type { JSX } from "preact";
import { CardActions } from "../../ui/card_actions";
import { chartOfTag } from "../scalars/chart_spec";
import { ScalarCard } from "../scalars/ScalarCard";
import { AddTag } from "./AddTag";
import type { SeriesItem } from "./items";
import { LazyCard } from "./LazyCard";
import { PinActions } from "./PinActions";

/** The card of an item, as on the page of its kind, with what can be done to it here. */
export function SeriesCard({ item, prefix }: { item: SeriesItem; prefix: string }): JSX.Element {
  const { kind, card, run, key } = item;
  const actions = (
    <>
      {kind === "scalars" ? <AddTag tag={card.tag} /> : null}
      <PinActions item={key} />
    </>
  );
  return (
    <CardActions.Provider value={actions}>
      {kind === "scalars" || !run ? (
        <ScalarCard spec={chartOfTag(card)} prefix={prefix} />
      ) : (
        <LazyCard kind={kind} tag={card.tag} prefix={prefix} run={run} />
      )}
    </CardActions.Provider>
  );
}
