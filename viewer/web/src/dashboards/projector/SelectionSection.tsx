import type { JSX } from "preact";
import { formatCount } from "../../format/numbers";
import { IconButton } from "../../ui/IconButton";
import { labelOf, table } from "./columns";
import { caught, clearMarks, isolateMarked, marked, picked, showAll } from "./marking";
import { isolated, rowOf } from "./points";
import { Section } from "./Section";
import { Thumb } from "./Thumb";

/** What is selected, and what can be done with it. */
export function SelectionSection(): JSX.Element {
  const now = marked.value;
  return (
    <Section
      title="Selection"
      testId="proj-selection"
      extra={
        now ? (
          <IconButton icon="close" label="Let go of the selection" testId="proj-clear" onClick={clearMarks} />
        ) : null
      }
    >
      <p class="hint" role="status" data-testid="proj-marked" data-count={now?.length ?? 0}>
        {words()}
      </p>
      <div class="proj-actions">
        <button
          type="button"
          class="button"
          disabled={(now?.length ?? 0) < 2}
          data-testid="proj-isolate"
          onClick={isolateMarked}
        >
          {now && now.length > 1 ? `Isolate ${formatCount(now.length)} points` : "Isolate"}
        </button>
        <button
          type="button"
          class="button"
          disabled={isolated.value === null}
          data-testid="proj-show-all"
          onClick={showAll}
        >
          Show all
        </button>
      </div>
      <PointCard />
    </Section>
  );
}

function words(): string {
  const now = marked.value;
  if (!now) return "Click a point, or drag with Shift around several";
  if (picked.value >= 0) return `1 point and its ${formatCount(now.length - 1)} nearest`;
  const how = { box: "", lasso: "", points: "", search: " found", class: " of a class", bookmark: "" } as const;
  return `${formatCount(now.length)} ${now.length === 1 ? "point" : "points"}${how[caught.value?.by ?? "points"]}`;
}

/** All that is known of the picked point. */
function PointCard(): JSX.Element | null {
  const index = picked.value;
  if (index < 0) return null;
  const rows = table.value;
  return (
    <div class="proj-card" data-testid="proj-card" data-row={rowOf(index)}>
      <div class="proj-card-head">
        <Thumb index={index} size={56} />
        <strong class="proj-card-name">{labelOf(index)}</strong>
      </div>
      <dl>
        {rows?.names.map((name, i) => (
          <div key={i}>
            <dt title={name}>{name || `column ${i + 1}`}</dt>
            <dd>{rows.columns[i]?.[index] || <span class="hint">–</span>}</dd>
          </div>
        ))}
        <div>
          <dt>row</dt>
          <dd>{formatCount(rowOf(index))}</dd>
        </div>
      </dl>
    </div>
  );
}
