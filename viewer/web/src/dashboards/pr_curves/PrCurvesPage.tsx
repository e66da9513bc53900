import type { JSX } from "preact";
import { AxisChoice } from "../../ui/AxisChoice";
import { TagGroups } from "../../ui/TagGroups";
import { Toggle } from "../../ui/Toggle";
import type { PageProps } from "../dashboard";
import { PrCard } from "./PrCard";
import { PrTooltip } from "./PrTooltip";
import { StepOfAll } from "./StepOfAll";
import { showF1 } from "./settings";

/** A chart for each tag, with the curves of all shown runs. */
export function PrCurvesPage({ dashboard }: PageProps): JSX.Element {
  return (
    <>
      <TagGroups
        kind="pr_curves"
        dashboard={dashboard}
        cardWidth={400}
        toolbar={
          <>
            <StepOfAll />
            <Toggle label="F1 lines" on={showF1} testId="pr-f1" />
            <AxisChoice label="Time in the legend" />
          </>
        }
        render={(card, prefix) => <PrCard key={card.tag} card={card} prefix={prefix} />}
      />
      <PrTooltip />
    </>
  );
}
