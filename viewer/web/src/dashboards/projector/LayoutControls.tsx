import type { JSX } from "preact";
import { formatCount } from "../../format/numbers";
import { Icon } from "../../ui/Icon";
import { NumberSlider } from "../../ui/NumberSlider";
import { table } from "./columns";
import { OwnIcon } from "./icons";
import { begin, goOn, hold, type Kind, type Layout, layouts, shake } from "./layouts";
import { prepared } from "./points";
import { ColumnSelect } from "./Section";
import { superviseBy, superviseWeight } from "./settings";

/** Run, pause, shake, and how far it is. */
export function LayoutControls({ kind, name }: { kind: Kind; name: string }): JSX.Element {
  const now = layouts[kind].value;
  const isRunning = now?.phase === "running";
  const toggle = (): void => {
    if (isRunning) hold(kind);
    else if (now?.phase === "paused") goOn(kind);
    else begin(kind);
  };
  return (
    <>
      <div class="proj-run">
        <button type="button" class="button with-icon" data-testid="proj-run-layout" onClick={toggle}>
          <Icon name={isRunning ? "pause" : "play"} size={14} />
          {isRunning ? "Pause" : now?.phase === "paused" ? "Go on" : now ? "Run again" : "Run"}
        </button>
        <button
          type="button"
          class="icon-button"
          title="Begin anew with these parameters"
          aria-label="Begin anew with these parameters"
          disabled={!prepared.value}
          data-testid="proj-restart"
          onClick={() => begin(kind)}
        >
          <Icon name="reset" />
        </button>
        <button
          type="button"
          class="icon-button"
          title="Shake the points a little"
          aria-label="Shake the points a little"
          disabled={!now?.run || now.phase === "failed"}
          data-testid="proj-shake"
          onClick={() => shake(kind)}
        >
          <OwnIcon name="shake" />
        </button>
      </div>
      <p
        class={now?.phase === "failed" ? "hint proj-failed" : "hint"}
        role="status"
        data-testid="proj-iteration"
        data-phase={now?.phase ?? "none"}
        data-iteration={now?.iteration ?? 0}
      >
        {said(now, name)}
      </p>
    </>
  );
}

function said(now: Layout | null, name: string): string {
  if (!now) return `${name} has not run yet`;
  if (now.phase === "failed") return now.note ?? "It failed";
  const done = `iteration ${formatCount(now.iteration)}`;
  const points = now.rows ? `${formatCount(now.rows.length)} points, an even sample` : "";
  const words = now.phase === "running" ? [now.note, done] : [now.phase === "done" ? "done" : "held", done];
  return [...words, points].filter(Boolean).join(" · ");
}

/** Classes of a column that a layout keeps together, and how much. */
export function SuperviseChoice(): JSX.Element | null {
  const names = table.value?.names ?? [];
  if (!names.length) return null;
  const column = names.indexOf(superviseBy.value);
  return (
    <>
      <ColumnSelect
        label="Keep together"
        names={names}
        value={column >= 0 ? column : null}
        none="by distance alone"
        testId="proj-supervise"
        onChange={(next) => {
          superviseBy.value = next === null ? "" : (names[next] ?? "");
        }}
      />
      {column >= 0 ? (
        <NumberSlider
          label="How much"
          value={superviseWeight.value}
          min={0}
          max={100}
          step={1}
          testId="proj-supervise-weight"
          onChange={(value) => {
            superviseWeight.value = value;
          }}
        />
      ) : null}
    </>
  );
}
