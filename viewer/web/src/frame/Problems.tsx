import { computed } from "@preact/signals";
import type { JSX } from "preact";
import type { Problem } from "../api/types";
import { formatBytes, formatCount } from "../format/numbers";
import { status } from "../state/log";
import { toTsv } from "../table/tab_separated";
import { CopyButton } from "../ui/CopyButton";
import { Icon } from "../ui/Icon";
import { PanelButton } from "../ui/PanelButton";

/** What is listed, and how many there are in all. */
const problems = computed<{ listed: readonly Problem[]; count: number }>(() => {
  const said = status.value;
  if (!said) return { listed: [], count: 0 };
  if (said.state !== "missing") return { listed: said.problems, count: said.problem_count };
  const missing = { run: "", file: said.logdir, offset: 0, size: 0, reason: "The log directory does not exist" };
  return { listed: [missing, ...said.problems], count: said.problem_count + 1 };
});

/** A badge with the number of damaged places in the log; it opens the list of them. */
export function Problems(): JSX.Element | null {
  const { count } = problems.value;
  if (!count) return null;
  const words = count === 1 ? "1 problem" : `${formatCount(count)} problems`;
  return (
    <PanelButton
      label={`${words} in the log`}
      look="problems-badge"
      testId="problems"
      panelTestId="problem-list"
      button={
        <>
          <Icon name="warning" size={14} />
          <span class="problems-count">{words}</span>
        </>
      }
    >
      {() => <ProblemList />}
    </PanelButton>
  );
}

function ProblemList(): JSX.Element {
  const { listed, count } = problems.value;
  const skipped = listed.reduce((sum, problem) => sum + problem.size, 0);
  const more = count - listed.length;
  return (
    <div class="problem-list">
      <header class="problem-head">
        <p>
          What could not be read; everything else is shown.
          {skipped ? ` ${formatBytes(skipped)} ${more > 0 ? "in these places" : "in all"} are passed over.` : ""}
        </p>
        <CopyButton
          label="Copy this list"
          words="Copy"
          text={() => asText(problems.peek().listed)}
          testId="copy-problems"
        />
      </header>
      <ul>
        {listed.map((problem) => (
          <li key={`${problem.file}:${problem.offset}`} data-testid="problem">
            <div class="problem-reason">{problem.reason}</div>
            <dl>
              {problem.run ? <Fact name="Run" value={problem.run} /> : null}
              <Fact name={isPlace(problem) ? "File" : "Path"} value={problem.file} />
              {isPlace(problem) ? <Fact name="At byte" value={formatCount(problem.offset)} /> : null}
              {problem.size ? <Fact name="Passed over" value={formatBytes(problem.size)} /> : null}
            </dl>
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <p class="hint" data-testid="problems-more">
          and {formatCount(more)} more; <code>cellboard inspect</code> lists them all
        </p>
      ) : null}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Whether the trouble is at a place in a file, not with a file or folder as a whole. */
const isPlace = ({ offset, size }: Problem): boolean => offset > 0 || size > 0;

const asText = (listed: readonly Problem[]): string =>
  toTsv([
    ["run", "file", "offset", "bytes", "reason"],
    ...listed.map(({ run, file, offset, size, reason }) => [run, file, offset, size, reason]),
  ]);
