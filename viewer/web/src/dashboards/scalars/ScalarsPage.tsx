import type { JSX } from "preact";
import { TagGroups } from "../../ui/TagGroups";
import { ScalarCard } from "./ScalarCard";
import { ScalarToolbar } from "./ScalarToolbar";
import { ScalarTooltip } from "./ScalarTooltip";

export function ScalarsPage(): JSX.Element {
  return (
    <>
      <TagGroups
        kind="scalars"
        toolbar={<ScalarToolbar />}
        render={(card, prefix) => <ScalarCard key={card.tag} card={card} prefix={prefix} />}
      />
      <ScalarTooltip />
    </>
  );
}
