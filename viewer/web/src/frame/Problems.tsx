import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { formatBytes, formatCount } from "../format/numbers";
import { status } from "../state/log";
import { Icon } from "../ui/Icon";
import { useDismiss } from "../ui/use_dismiss";

/** A badge with the number of damaged places in the log; it opens the list of them. */
export function Problems(): JSX.Element | null {
  const open = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  useDismiss(root, open.value, () => {
    open.value = false;
  });
  const count = status.value?.problem_count ?? 0;
  if (!count) return null;
  return (
    <div class="problems" ref={root}>
      <button
        type="button"
        class="problems-badge"
        aria-expanded={open.value}
        aria-haspopup="dialog"
        data-testid="problems"
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Icon name="warning" size={14} />
        {count === 1 ? "1 problem" : `${formatCount(count)} problems`}
      </button>
      {open.value ? <ProblemList count={count} /> : null}
    </div>
  );
}

function ProblemList({ count }: { count: number }): JSX.Element {
  const listed = status.value?.problems ?? [];
  return (
    <div class="popover problem-list" role="dialog" aria-label="Problems in the log" data-testid="problem-list">
      <p class="problem-lead">Parts of the log that could not be read. Everything else is shown.</p>
      <ul>
        {listed.map((problem) => (
          <li key={`${problem.file}:${problem.offset}`} data-testid="problem">
            <div class="problem-reason">{problem.reason}</div>
            <div class="problem-place">
              <span class="path">{problem.file}</span>
              <span>
                at byte {formatCount(problem.offset)}
                {problem.size ? `, ${formatBytes(problem.size)} skipped` : ""}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {count > listed.length ? <p class="hint">and {formatCount(count - listed.length)} more</p> : null}
    </div>
  );
}
