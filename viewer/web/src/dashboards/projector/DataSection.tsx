import { batch, useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { formatCount } from "../../format/numbers";
import { PlayButton } from "../../media/PlayButton";
import { StepField, StepRange } from "../../media/StepSlider";
import { Toggle } from "../../ui/Toggle";
import { analysisError, analysisNote } from "./arrangement";
import { OpenFiles } from "./OpenFiles";
import { Field, Section } from "./Section";
import { chosenRun, chosenStep, chosenTag, sphereize } from "./settings";
import { picturesError } from "./sheets";
import { base, closeFiles, opened, stepIndex, type Tensor, tensor, tensors } from "./source";

/** Which points are shown. */
export function DataSection(): JSX.Element {
  return (
    <Section title="Points" testId="proj-data" extra={<OpenFiles />}>
      {opened.value ? <OpenedFiles /> : <TensorChoice />}
      <Notes />
      <Toggle label="Sphereize" on={sphereize} testId="proj-sphereize" />
    </Section>
  );
}

function OpenedFiles(): JSX.Element {
  return (
    <div class="proj-opened" data-testid="proj-opened">
      <span class="proj-ellipsis" title={opened.value?.title}>
        {opened.value?.title}
      </span>
      <button type="button" class="link-button" data-testid="proj-close-files" onClick={closeFiles}>
        {tensors.value.length ? "Back to the log" : "Close"}
      </button>
    </div>
  );
}

function TensorChoice(): JSX.Element | null {
  const now = tensor.value;
  const runs = useComputed(() => [...new Set(tensors.value.map(({ run }) => run))]).value;
  if (!now) return null;
  const own = tensors.value.filter(({ run }) => run === now.run);
  const choose = (next: Tensor | undefined): void => {
    if (!next) return;
    batch(() => {
      chosenRun.value = next.run;
      chosenTag.value = next.tag;
      chosenStep.value = null;
    });
  };
  return (
    <>
      {runs.length > 1 ? (
        <Field label="Run">
          <select
            class="hang-select"
            data-testid="proj-run"
            value={now.run}
            onChange={(event) => {
              const run = event.currentTarget.value;
              const all = tensors.peek().filter((one) => one.run === run);
              choose(all.find(({ tag }) => tag === now.tag) ?? all[0]);
            }}
          >
            {runs.map((run) => (
              <option key={run} value={run}>
                {run}
              </option>
            ))}
          </select>
        </Field>
      ) : null}
      <Field label="Tensor">
        <select
          class="hang-select"
          data-testid="proj-tensor"
          value={now.tag}
          onChange={(event) => choose(own.find(({ tag }) => tag === event.currentTarget.value))}
        >
          {own.map((one) => (
            <option key={one.tag} value={one.tag}>
              {one.tag}
              {shapeWords(one)}
            </option>
          ))}
        </select>
      </Field>
      <Steps now={now} />
    </>
  );
}

function shapeWords({ steps }: Tensor): string {
  const shape = steps.at(-1)?.shape;
  return shape ? `  ${formatCount(shape[0])} × ${formatCount(shape[1])}` : "";
}

/** A slider over the steps that a tensor was logged at; at its end, the latest is followed. */
function Steps({ now }: { now: Tensor }): JSX.Element | null {
  const steps = now.steps.map(({ step }) => step ?? 0);
  if (steps.length < 2) return null;
  const show = (index: number): void => {
    chosenStep.value = index >= steps.length - 1 ? null : (steps[index] ?? null);
  };
  return (
    <div class="proj-steps" data-testid="proj-steps" data-count={steps.length}>
      <div class="step-slide">
        <PlayButton count={steps.length} index={stepIndex.value} onChange={show} />
        <StepRange steps={steps} index={stepIndex.value} onChange={show} testId="proj-step" />
      </div>
      <div class="step-line">
        <StepField steps={steps} index={stepIndex.value} onChange={show} />
        <span class="step-place">
          {formatCount(stepIndex.value + 1)} of {formatCount(steps.length)}
        </span>
      </div>
    </div>
  );
}

/** What a person should know of the points. */
function Notes(): JSX.Element | null {
  const notes = [
    ...(base.value?.loaded.notes ?? []),
    picturesError.value,
    analysisError.value,
    analysisNote.value,
  ].filter((note) => note !== null);
  if (!notes.length) return null;
  return (
    <ul class="proj-notes" data-testid="proj-notes">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
