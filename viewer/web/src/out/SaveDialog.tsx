import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { formatBytes, formatCount } from "../format/numbers";
import { tab } from "../frame/tabs";
import { status } from "../state/log";
import { shownRuns } from "../state/runs";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/Icon";
import { canSave, type Saved, saveView } from "./save_view";

interface Ready extends Saved {
  url: string;
}

/** Makes one HTML file of the open dashboard; it is made while the dialog is open, and then can be downloaded. */
export function SaveDialog({ onClose }: { onClose(): void }): JSX.Element {
  const count = useSignal(0);
  const ready = useSignal<Ready | null>(null);
  const failed = useSignal(canSave ? "" : "This viewer was built without what saved pages need");
  const { title } = tab.peek();
  const folder = status.peek()?.logdir.split(/[\\/]/).filter(Boolean).at(-1) ?? "cellboard";
  useEffect(() => {
    if (!canSave) return;
    const stop = new AbortController();
    const note = (answers: number): void => {
      count.value = answers;
    };
    saveView(`${folder} · ${title} · cellboard`, note, stop.signal).then(
      (saved) => {
        if (!stop.signal.aborted) ready.value = { ...saved, url: URL.createObjectURL(saved.file) };
      },
      (reason: unknown) => {
        if (!stop.signal.aborted) failed.value = reason instanceof Error ? reason.message : String(reason);
      },
    );
    return () => {
      stop.abort();
      if (ready.peek()) URL.revokeObjectURL(ready.peek()?.url ?? "");
    };
  }, []);
  const file = ready.value;
  return (
    <Dialog title="Save as HTML" testId="save" onClose={onClose}>
      <p>
        One file with “{title}” as it is now, of {runsWords(shownRuns.value.length)}. It opens in a browser without a
        viewer and asks nobody for anything; charts can be pointed at and zoomed as here.
      </p>
      {file ? <Notes file={file} /> : null}
      <footer class="dialog-foot">
        <span class={failed.value ? "export-refused" : "hint"} role="status" data-testid="save-words">
          {failed.value || (file ? formatBytes(file.file.size) : `Reading what is shown… ${formatCount(count.value)}`)}
        </span>
        {file ? (
          <a
            class="button primary with-icon"
            href={file.url}
            download={`${fileName(folder)}-${tab.peek().id}.html`}
            data-testid="save-download"
          >
            <Icon name="download" size={14} />
            Download
          </a>
        ) : failed.value ? null : (
          <span class="spinner" />
        )}
      </footer>
    </Dialog>
  );
}

function Notes({ file }: { file: Saved }): JSX.Element {
  return (
    <>
      {file.leftOut ? (
        <p class="hint" data-testid="save-left-out">
          {formatCount(file.leftOut)} large parts, such as pictures, are left out to keep the file small.
        </p>
      ) : null}
      {file.isComplete ? null : <p class="hint">Not everything was there within a minute; the rest is left out.</p>}
    </>
  );
}

const runsWords = (count: number): string =>
  count === 1 ? "the run that is shown" : `the ${formatCount(count)} runs that are shown`;

const fileName = (folder: string): string =>
  folder.replace(/[^A-Za-z0-9_-]+/g, "-").replace(/^-+|-+$/g, "") || "cellboard";
