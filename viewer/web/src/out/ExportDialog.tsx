import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { refusalOf } from "../api/client";
import { formatCount } from "../format/numbers";
import { catalog } from "../state/log";
import { shownRuns } from "../state/runs";
import { tagGroups } from "../state/tags";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/Icon";
import { Segmented } from "../ui/Segmented";
import { PickList } from "./PickList";
import { exportAddress, type Format, SHOWN, type Shown } from "./selection";

const FORMATS: readonly { value: Format; text: string }[] = [
  { value: "csv", text: "CSV" },
  { value: "json", text: "JSON" },
  { value: "parquet", text: "Parquet" },
  { value: "latex", text: "LaTeX" },
];
const WORDS: Record<Shown, string> = { last: "Last", min: "Min", max: "Max", mean: "Mean", points: "Points" };

/** Chooses runs and tags, and gives their scalars as a file: at first what is shown. */
export function ExportDialog({ onClose }: { onClose(): void }): JSX.Element {
  const log = catalog.value;
  const runs = useSignal<ReadonlySet<string>>(new Set(shownRuns.peek().map((run) => run.name)));
  const tags = useSignal<ReadonlySet<string>>(
    new Set(
      tagGroups("scalars")
        .peek()
        .flatMap((group) => group.cards.map((card) => card.tag)),
    ),
  );
  const format = useSignal<Format>("csv");
  const shown = useSignal<Shown>("last");
  const refused = useSignal<string | null>(null);
  const tagCount = log?.tags.scalars.filter((tag) => tags.value.has(tag)).length ?? 0;
  const runCount = log?.runs.filter((run) => runs.value.has(run.name)).length ?? 0;
  const isPoints = format.value === "latex" && shown.value === "points";
  const url = log
    ? exportAddress(log, { runs: runs.value, tags: tags.value, format: format.value, shown: shown.value })
    : "";
  const download = async (event: MouseEvent): Promise<void> => {
    event.preventDefault();
    refused.value = await refusalOf(url);
    if (refused.value === null) follow(url);
  };
  return (
    <Dialog title="Export scalars" testId="export" onClose={onClose}>
      <div class="picks">
        <PickList title="Runs" names={log?.runs.map((run) => run.name) ?? []} chosen={runs} testId="export-runs" />
        <PickList title="Tags" names={log?.tags.scalars ?? []} chosen={tags} testId="export-tags" />
      </div>
      <div class="export-controls">
        <Segmented
          label="Format"
          choices={FORMATS}
          value={format.value}
          testId="export-format"
          onChange={(value) => {
            format.value = value;
          }}
        />
        {format.value === "latex" ? (
          <Segmented
            label="Value of each series"
            choices={SHOWN.map((value) => ({ value, text: WORDS[value] }))}
            value={shown.value}
            testId="export-value"
            onChange={(value) => {
              shown.value = value;
            }}
          />
        ) : null}
      </div>
      <footer class="dialog-foot">
        <span class={refused.value ? "export-refused" : "hint"} role="status" data-testid="export-words">
          {refused.value ?? wordsOf(format.value, isPoints, runCount, tagCount)}
        </span>
        <a
          class="button primary with-icon"
          href={url}
          download
          aria-disabled={!runCount || !tagCount || (isPoints && tagCount !== 1)}
          data-testid="export-download"
          onClick={(event) => void download(event)}
        >
          <Icon name="download" size={14} />
          Download
        </a>
      </footer>
    </Dialog>
  );
}

function wordsOf(format: Format, isPoints: boolean, runs: number, tags: number): string {
  if (!runs || !tags) return `Choose ${runs ? "a tag" : "a run"}`;
  if (isPoints && tags !== 1) return "Points are shown of one tag: choose one";
  const size = `${counted(runs, "run")} × ${counted(tags, "tag")}`;
  if (format === "latex") return isPoints ? `${size}, a row for each step` : `${size}, a row for each run`;
  return `${size}, every point as it was logged`;
}

const counted = (count: number, word: string): string => `${formatCount(count)} ${word}${count === 1 ? "" : "s"}`;

/** Have the browser fetch a file; the page stays. */
function follow(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}
