import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { xAxisName } from "../../state/axis";
import { tagPrefix } from "../../state/tags";
import { Segmented } from "../../ui/Segmented";
import {
  type AxisName,
  type AxisSetting,
  axisOf,
  findRule,
  patternErrors,
  rules,
  type Scope,
  setRule,
  UNSET,
} from "./axis_rules";
import { BoundField } from "./BoundField";
import type { ScaleKind } from "./chart/scale";

const SCALES: readonly { value: ScaleKind; text: string }[] = [
  { value: "linear", text: "Linear" },
  { value: "log", text: "Log" },
  { value: "symlog", text: "Symlog" },
];
const SCOPES: readonly { value: Scope; text: string }[] = [
  { value: "tag", text: "This chart" },
  { value: "match", text: "Tags matching" },
  { value: "all", text: "All charts" },
];

/** A pattern for all tags with the same beginning. */
const patternFor = (tag: string): string => {
  const prefix = tagPrefix(tag);
  return prefix ? `^${prefix.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&")}/` : "";
};

/** How the axes of a chart lie and how far they reach: for this chart, for tags that match a pattern, or for all. */
export function AxesPanel({ tag }: { tag: string }): JSX.Element {
  const scope = useSignal<Scope>("tag");
  const pattern = useSignal(patternFor(tag));
  const name = scope.value === "tag" ? tag : scope.value === "match" ? pattern.value : "";
  const error = scope.value === "match" ? patternErrors.value.get(name) : undefined;
  const isReady = scope.value !== "match" || name !== "";
  return (
    <div class="axes-panel">
      <Segmented
        label="What it holds for"
        choices={SCOPES}
        value={scope.value}
        testId="axes-scope"
        onChange={(next) => {
          scope.value = next;
        }}
      />
      {scope.value === "match" ? (
        <label class="axes-row">
          <span class="control-label">Pattern</span>
          <input
            type="text"
            class={error ? "axis-field wrong" : "axis-field"}
            spellcheck={false}
            placeholder="loss$"
            value={pattern.value}
            data-testid="axes-pattern"
            onChange={(event) => {
              pattern.value = event.currentTarget.value;
            }}
          />
        </label>
      ) : null}
      {error ? (
        <p class="axes-error" role="status" data-testid="axes-error">
          {error}
        </p>
      ) : null}
      <fieldset disabled={!isReady}>
        <AxisControls title="Vertical axis" axis="y" tag={tag} scope={scope.value} name={name} fromZero />
        <AxisControls title="Horizontal axis" axis={xAxisName.value} tag={tag} scope={scope.value} name={name} />
      </fieldset>
    </div>
  );
}

interface ControlsProps {
  title: string;
  axis: AxisName;
  tag: string;
  scope: Scope;
  name: string;
  fromZero?: boolean;
}

function AxisControls({ title, axis, tag, scope, name, fromZero }: ControlsProps): JSX.Element {
  const own: AxisSetting = findRule(rules.value, axis, scope, name) ?? UNSET;
  const now = axisOf(axis, tag);
  const isClock = axis === "wall";
  const set = (change: Partial<AxisSetting>): void => {
    setRule(axis, scope, name, { scale: own.scale, min: own.min, max: own.max, ...change });
  };
  const isUnset = own.scale === null && own.min === null && own.max === null;
  const shown = scope === "tag" ? now.kind : (own.scale ?? "linear");
  const id = axis === "y" ? "y" : "x";
  return (
    <section class="axes-part" aria-label={title} data-testid={`axes-${id}`}>
      <div class="axes-title">
        {title}
        <button
          type="button"
          class="link-button"
          disabled={isUnset}
          data-testid={`axes-${id}-clear`}
          onClick={() => set(UNSET)}
        >
          Reset
        </button>
      </div>
      {isClock ? null : (
        <Segmented
          label={`${title}: scale`}
          choices={SCALES}
          value={shown}
          testId={`axes-${id}-scale`}
          onChange={(scale) => set({ scale })}
        />
      )}
      <div class="axes-bounds">
        <BoundField
          label="Min"
          clock={isClock}
          value={own.min}
          inherited={own.min === null ? now.bounds[0] : null}
          testId={`axes-${id}-min`}
          onChange={(min) => set({ min })}
        />
        <BoundField
          label="Max"
          clock={isClock}
          value={own.max}
          inherited={own.max === null ? now.bounds[1] : null}
          testId={`axes-${id}-max`}
          onChange={(max) => set({ max })}
        />
        {fromZero ? (
          <button type="button" class="button small" data-testid="axes-from-zero" onClick={() => set({ min: 0 })}>
            From 0
          </button>
        ) : null}
      </div>
      {typeof own.min === "number" && typeof own.max === "number" && own.min >= own.max ? (
        <p class="axes-error" role="status">
          The lower end is not below the upper one: both are left out
        </p>
      ) : null}
      {shown === "log" && typeof own.min === "number" && own.min <= 0 ? (
        <p class="axes-error" role="status">
          A logarithmic axis begins above 0; symlog has a place for 0 and below
        </p>
      ) : null}
    </section>
  );
}
