import type { JSX } from "preact";
import { TagGroups } from "../../ui/TagGroups";
import type { PageProps } from "../dashboard";
import { chartOfTag } from "./chart_spec";
import { ScalarCard } from "./ScalarCard";
import { ScalarToolbar } from "./ScalarToolbar";
import { ScalarTooltip } from "./ScalarTooltip";

export function ScalarsPage({ dashboard }: PageProps): JSX.Element {
  return (
    <>
      <TagGroups
        kind="scalars"
        dashboard={dashboard}
        toolbar={<ScalarToolbar />}
        render={(card, prefix) => <ScalarCard key={card.tag} spec={chartOfTag(card)} prefix={prefix} />}
      />
      <ScalarTooltip />
    </>
  );
}
