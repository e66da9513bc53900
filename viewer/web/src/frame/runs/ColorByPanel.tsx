import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { ColorBy } from "../../runs/groups";
import { catalog } from "../../state/log";
import { chooseColor, chosenColors, colorBy, colorMistake } from "../../state/run_colors";
import { askForHParams, hparamNames } from "../../state/run_columns";
import { Segmented } from "../../ui/Segmented";
import { GroupPreview } from "./GroupPreview";

const CHOICES = [
  { value: "run", text: "Run" },
  { value: "folder", text: "Folder" },
  { value: "regex", text: "Regex" },
  { value: "hparam", text: "Hparam" },
] as const;

/** What has one colour: each run, or the runs of a group. */
export function ColorByPanel(): JSX.Element {
  const { by } = colorBy.value;
  const wanted = useSignal<ColorBy["by"]>(by);
  const shown = wanted.value;
  useEffect(() => {
    if (catalog.value?.has.hparams) askForHParams();
  }, []);
  const choose = (choice: ColorBy["by"]): void => {
    wanted.value = choice;
    if (choice === "run" || choice === "folder") colorBy.value = { by: choice };
    const [first] = hparamNames.value;
    if (choice === "hparam" && first !== undefined) colorBy.value = { by: "hparam", of: first };
  };
  const count = chosenColors.value.size;
  return (
    <div class="color-by" data-testid="color-by-panel">
      <div class="panel-row">
        <span class="control-label">Colour by</span>
        <Segmented label="Colour by" choices={CHOICES} value={shown} testId="color-by" onChange={choose} />
      </div>
      {shown === "regex" ? <PatternField /> : null}
      {shown === "hparam" ? <HParamField /> : null}
      {by === shown && by !== "run" ? <GroupPreview /> : null}
      {shown === "run" ? (
        <p class="hint">Each run has the colour that it was given first; the dot before its name changes it.</p>
      ) : null}
      {count ? (
        <button
          type="button"
          class="button"
          data-testid="colors-reset"
          onClick={() => chooseColor([...chosenColors.peek().keys()], null)}
        >
          {count === 1 ? "Reset 1 chosen colour" : `Reset ${count} chosen colours`}
        </button>
      ) : null}
    </div>
  );
}

function PatternField(): JSX.Element {
  const choice = colorBy.value;
  const mistake = choice.by === "regex" ? colorMistake.value : null;
  return (
    <label class="panel-field">
      <span class="control-label">Runs are a group for which the parts in parentheses are the same</span>
      <input
        type="text"
        class="text-field"
        spellcheck={false}
        placeholder="(adam|sgd)"
        aria-label="Regular expression of the groups"
        aria-invalid={mistake !== null}
        data-testid="color-regex"
        value={choice.by === "regex" ? choice.of : ""}
        onInput={(event) => {
          const of = event.currentTarget.value;
          colorBy.value = of ? { by: "regex", of } : { by: "run" };
        }}
      />
      <span class="panel-mistake" role="status" data-testid="color-mistake">
        {mistake}
      </span>
    </label>
  );
}

function HParamField(): JSX.Element {
  const choice = colorBy.value;
  const names = hparamNames.value;
  if (!catalog.value?.has.hparams) return <p class="hint">No hyperparameters are logged.</p>;
  return (
    <label class="panel-field">
      <span class="control-label">Runs are a group that have the same value of</span>
      <select
        class="select-field"
        data-testid="color-hparam"
        value={choice.by === "hparam" ? choice.of : ""}
        onChange={(event) => {
          colorBy.value = { by: "hparam", of: event.currentTarget.value };
        }}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <span class="panel-mistake" role="status" data-testid="color-mistake">
        {choice.by === "hparam" ? colorMistake.value : null}
      </span>
    </label>
  );
}
