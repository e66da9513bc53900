import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Spread } from "../../api/scalar_groups";
import { formatCount } from "../../format/numbers";
import { askForHParams, hparamNames } from "../../state/run_columns";
import { Name } from "../../ui/Name";
import { Segmented } from "../../ui/Segmented";
import { Select } from "../../ui/Select";
import { Swatch } from "../../ui/Swatch";
import { Toggle } from "../../ui/Toggle";
import { groupBand, groupBy, groupCenter, patternError, runGroups, showMembers } from "./group_by";

const WAYS = [
  { value: "run", text: "No" },
  { value: "folder", text: "Folder" },
  { value: "regex", text: "Pattern" },
  { value: "hparam", text: "Hparam" },
] as const;

const CENTERS = [
  { value: "mean", text: "Mean" },
  { value: "median", text: "Median" },
] as const;

const BANDS: readonly { value: Spread; text: string }[] = [
  { value: "std", text: "± standard deviation" },
  { value: "sem", text: "± standard error" },
  { value: "ci95", text: "95 % confidence" },
  { value: "minmax", text: "Least to greatest" },
];

const MOST_LISTED = 12;

/** How runs are brought together, and the groups that come of it. */
export function GroupPanel(): JSX.Element {
  const choice = groupBy.value;
  const grouped = runGroups.value;
  useEffect(askForHParams, []);
  const names = hparamNames.value;
  return (
    <>
      <div class="panel-row">
        <span class="control-label">Group by</span>
        <Segmented
          label="Group by"
          choices={WAYS}
          value={choice.by}
          testId="group-by"
          onChange={(by) => {
            if (by === "regex") groupBy.value = { by, of: "" };
            else if (by === "hparam") groupBy.value = { by, of: names[0] ?? "" };
            else groupBy.value = { by };
          }}
        />
      </div>
      {choice.by === "regex" ? <Pattern text={choice.of} /> : null}
      {choice.by === "hparam" ? (
        names.length ? (
          <div class="panel-row">
            <span class="control-label">Hyperparameter</span>
            <Select
              label="Hyperparameter"
              choices={names.map((value) => ({ value, text: value }))}
              value={choice.of}
              testId="group-hparam"
              onChange={(of) => {
                groupBy.value = { by: "hparam", of };
              }}
            />
          </div>
        ) : (
          <p class="panel-words">No run of this log says what its hyperparameters are.</p>
        )
      ) : null}
      <div class="panel-row">
        <Segmented
          label="Middle of a group"
          choices={CENTERS}
          value={groupCenter.value}
          testId="group-center"
          onChange={(center) => {
            groupCenter.value = center;
          }}
        />
        <Select
          label="Band around it"
          choices={BANDS}
          value={groupBand.value}
          testId="group-band"
          onChange={(band) => {
            groupBand.value = band;
          }}
        />
      </div>
      <Toggle label="Show the runs beneath" on={showMembers} testId="group-members" />
      {grouped ? (
        <ul class="group-list" data-testid="group-list">
          {grouped.groups.slice(0, MOST_LISTED).map(({ key, color, dash, runs }) => (
            <li key={key} data-key={key} data-count={runs.length}>
              <Swatch color={color} dash={dash} />
              <Name text={key || "(top)"} />
              <span class="count">{formatCount(runs.length)}</span>
            </li>
          ))}
          {grouped.groups.length > MOST_LISTED ? (
            <li class="hint">{formatCount(grouped.groups.length - MOST_LISTED)} more groups</li>
          ) : null}
          {grouped.rest.length ? <li class="hint">{formatCount(grouped.rest.length)} runs in no group</li> : null}
        </ul>
      ) : null}
    </>
  );
}

/** A pattern whose captured parts, or whose match, name the group of a run. */
function Pattern({ text }: { text: string }): JSX.Element {
  const error = patternError.value;
  return (
    <div class="pattern">
      <input
        type="text"
        class="text-field"
        spellcheck={false}
        autocomplete="off"
        placeholder="Regular expression, such as (.*)/seed"
        aria-label="Pattern of groups"
        aria-invalid={error !== null}
        aria-errormessage="group-pattern-error"
        value={text}
        data-testid="group-pattern"
        onInput={(event) => {
          groupBy.value = { by: "regex", of: event.currentTarget.value };
        }}
      />
      <p
        class={error ? "panel-words error" : "panel-words"}
        id="group-pattern-error"
        role="status"
        data-testid="group-error"
      >
        {error ?? "Runs with the same captured parts are one group."}
      </p>
    </div>
  );
}
