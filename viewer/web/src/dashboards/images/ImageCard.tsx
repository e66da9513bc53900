import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { StepSlider } from "../../media/StepSlider";
import type { ShownRun } from "../../state/runs";
import { Card } from "../../ui/Card";
import { IconButton } from "../../ui/IconButton";
import { RunLabel } from "../../ui/RunLabel";
import { useNearScreen } from "../../ui/use";
import { DownloadLink } from "./DownloadLink";
import { WHOLE } from "./geometry";
import { LargeView } from "./LargeView";
import { Picture } from "./Picture";
import { useSteps } from "./use_steps";
import { setView, viewOf } from "./views";

/** The images of one run and tag, with a slider over all steps. */
export function ImageCard({ tag, prefix, run }: { tag: string; prefix: string; run: ShownRun }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const near = useNearScreen(root);
  const steps = useSteps(run.name, tag, near);
  const large = useSignal<number | null>(null);
  const images = steps.images.value;
  const shown = steps.shown.value;
  const open = (item: number): void => {
    large.value = item;
  };
  return (
    <Card
      rootRef={root}
      tag={tag}
      prefix={prefix}
      run={run.name}
      testId="image-card"
      subtitle={<RunLabel run={run} />}
      stacked
      actions={
        <>
          {viewOf(tag) !== WHOLE ? (
            <IconButton icon="reset" label="Whole picture" testId="image-whole" onClick={() => setView(tag, WHOLE)} />
          ) : null}
          {shown?.count === 1 ? <DownloadLink tag={tag} run={run.name} shown={shown} item={0} /> : null}
          <IconButton icon="full" label="Enlarge" class="enlarge" testId="image-enlarge" onClick={() => open(0)} />
        </>
      }
    >
      <Picture
        tag={tag}
        run={run.name}
        shown={shown}
        expected={images?.count ?? 1}
        error={steps.error.value}
        busy={steps.busy.value}
        onOpen={open}
      />
      <StepSlider
        steps={images?.step ?? []}
        wallTimes={images?.wall_time ?? []}
        index={steps.index.value}
        wanted={steps.wanted.value}
        plays
        onChange={steps.show}
      />
      {images?.description ? (
        <p class="card-description" title={images.description}>
          {images.description}
        </p>
      ) : null}
      {large.value !== null ? (
        <LargeView
          tag={tag}
          run={run}
          steps={steps}
          item={large.value}
          onClose={() => {
            large.value = null;
          }}
        />
      ) : null}
    </Card>
  );
}
