import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { ShownRun } from "../../state/runs";
import { Card } from "../../ui/Card";
import { RunLabel } from "../../ui/RunLabel";
import { useNearScreen } from "../../ui/use";
import { Picture } from "./Picture";
import { StepSlider } from "./StepSlider";
import { useSteps } from "./use_steps";

/** The images of one run and tag, with a slider over all steps. */
export function ImageCard({ tag, prefix, run }: { tag: string; prefix: string; run: ShownRun }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const near = useNearScreen(root);
  const steps = useSteps(run.name, tag, near);
  const images = steps.images.value;
  const index = steps.index.value;
  return (
    <Card
      rootRef={root}
      tag={tag}
      prefix={prefix}
      run={run.name}
      testId="image-card"
      subtitle={<RunLabel run={run} />}
      stacked
    >
      <Picture
        tag={tag}
        run={run.name}
        shown={steps.shown.value}
        expected={images?.count ?? 1}
        error={steps.error.value}
        busy={steps.busy.value}
      />
      <StepSlider steps={images?.step ?? []} wallTimes={images?.wall_time ?? []} index={index} onChange={steps.show} />
      {images?.description ? (
        <p class="card-description" title={images.description}>
          {images.description}
        </p>
      ) : null}
    </Card>
  );
}
