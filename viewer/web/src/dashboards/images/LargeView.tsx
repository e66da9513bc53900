import { useSignal } from "@preact/signals";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { StepSlider } from "../../media/StepSlider";
import type { ShownRun } from "../../state/runs";
import { IconButton } from "../../ui/IconButton";
import { RunLabel } from "../../ui/RunLabel";
import { Toggle } from "../../ui/Toggle";
import { DownloadLink } from "./DownloadLink";
import { WHOLE } from "./geometry";
import { Picture } from "./Picture";
import { actualSize } from "./settings";
import type { Steps } from "./use_steps";
import { setView, viewOf } from "./views";

interface Props {
  tag: string;
  run: ShownRun;
  steps: Steps;
  /** Which picture of a step. */
  item: number;
  onClose(): void;
}

const STEP_BY: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 };
const ITEM_BY: Partial<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };
const ZOOM_BY: Partial<Record<string, number>> = { "+": 1.5, "=": 1.5, "-": 1 / 1.5 };
const MOST_ZOOM = 500;

/** One picture in all the window: arrow keys change the step (up and down the picture of a step), + − 0 zoom, Esc closes. */
export function LargeView({ tag, run, steps, item, onClose }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const shownItem = useSignal(item);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>(".slider:not(:disabled), [data-testid=large-close]")?.focus();
  }, []);
  const images = steps.images.value;
  const shown = steps.shown.value;
  const several = (shown?.urls.length ?? 1) > 1;
  const isZoomed = viewOf(tag) !== WHOLE;

  const onKey = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.target instanceof HTMLInputElement && event.target.type === "text") return;
    const stepBy = STEP_BY[event.key];
    const itemBy = ITEM_BY[event.key];
    const zoomBy = ZOOM_BY[event.key];
    const last = (images?.step.length ?? 1) - 1;
    if (stepBy) steps.show(Math.min(last, Math.max(0, steps.index.peek() + stepBy)));
    else if (event.key === "Home") steps.show(0);
    else if (event.key === "End") steps.show(last);
    else if (itemBy && several) moveItem(itemBy);
    else if (zoomBy) {
      const view = viewOf(tag);
      setView(tag, { ...view, zoom: Math.min(MOST_ZOOM, Math.max(1, view.zoom * zoomBy)) });
    } else if (event.key === "0") setView(tag, WHOLE);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const moveItem = (by: number): void => {
    const count = shown?.urls.length ?? 1;
    shownItem.value = (shownItem.peek() + by + count) % count;
  };

  return (
    <dialog
      ref={dialog}
      class="large-view"
      aria-label={`${tag} of ${run.name}`}
      data-testid="large-view"
      onKeyDown={onKey}
      onClose={onClose}
    >
      <header class="large-head">
        <h3 class="large-tag" title={tag}>
          {tag}
        </h3>
        <RunLabel run={run} />
        <div class="large-actions">
          {several ? (
            <span class="large-items">
              <IconButton icon="back" label="Previous picture of this step (↑)" onClick={() => moveItem(-1)} />
              <span data-testid="large-item">
                {shownItem.value + 1} of {shown?.urls.length}
              </span>
              <IconButton icon="chevron" label="Next picture of this step (↓)" onClick={() => moveItem(1)} />
            </span>
          ) : null}
          <Toggle label="Actual size" on={actualSize} testId="large-actual" />
          {isZoomed ? <IconButton icon="reset" label="Whole picture (0)" onClick={() => setView(tag, WHOLE)} /> : null}
          <DownloadLink tag={tag} run={run.name} shown={shown} item={shownItem.value} />
          <IconButton icon="close" label="Close (Esc)" testId="large-close" onClick={() => dialog.current?.close()} />
        </div>
      </header>
      <Picture
        tag={tag}
        run={run.name}
        shown={shown}
        expected={1}
        error={steps.error.value}
        busy={steps.busy.value}
        only={shownItem.value}
      />
      <StepSlider
        steps={images?.step ?? []}
        wallTimes={images?.wall_time ?? []}
        index={steps.index.value}
        wanted={steps.wanted.value}
        plays
        onChange={steps.show}
      />
    </dialog>
  );
}
