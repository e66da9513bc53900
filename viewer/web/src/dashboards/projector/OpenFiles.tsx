import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { parseTsv } from "../../projector/tsv";
import { Dialog } from "../../ui/Dialog";
import { showFiles } from "./source";

/** Opens files of one's own: vectors, and what is known of each. */
export function OpenFiles(): JSX.Element {
  const open = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="row-tool"
        data-testid="proj-open-files"
        onClick={() => {
          open.value = true;
        }}
      >
        Open files
      </button>
      {open.value ? (
        <FilesDialog
          onClose={() => {
            open.value = false;
          }}
        />
      ) : null}
    </>
  );
}

function FilesDialog({ onClose }: { onClose(): void }): JSX.Element {
  const vectors = useSignal<File | null>(null);
  const metadata = useSignal<File | null>(null);
  const error = useSignal<string | null>(null);
  const busy = useSignal(false);
  const show = async (): Promise<void> => {
    if (!vectors.value || busy.value) return;
    busy.value = true;
    error.value = await openFiles(vectors.value, metadata.value);
    busy.value = false;
    if (error.value === null) onClose();
  };
  return (
    <Dialog title="Points from files" testId="proj-files" onClose={onClose}>
      <div class="proj-files">
        <FileField
          label="Vectors"
          hint="A line for each point, its numbers between tabs (or commas)."
          testId="proj-vectors"
          onChange={(file) => {
            vectors.value = file;
          }}
        />
        <FileField
          label="Metadata, if there is any"
          hint="A line for each point; with several columns, their names in the first line."
          testId="proj-metadata"
          onChange={(file) => {
            metadata.value = file;
          }}
        />
        <p class="hint">The files stay in this browser. They can be dropped on the scene as well.</p>
        <div class="dialog-foot">
          <span class="export-refused" role="alert" data-testid="proj-files-error">
            {error.value}
          </span>
          <button
            type="button"
            class="button primary"
            disabled={!vectors.value || busy.value}
            data-testid="proj-files-show"
            onClick={() => void show()}
          >
            {busy.value ? "Reading…" : "Show"}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

function FileField(props: {
  label: string;
  hint: string;
  testId: string;
  onChange(file: File | null): void;
}): JSX.Element {
  return (
    <label class="proj-file">
      <strong>{props.label}</strong>
      <span class="hint">{props.hint}</span>
      <input
        type="file"
        accept=".tsv,.csv,.txt,text/plain,text/tab-separated-values"
        data-testid={props.testId}
        onChange={(event) => props.onChange(event.currentTarget.files?.[0] ?? null)}
      />
    </label>
  );
}

/** Show points of files; why they cannot be shown, or null. */
async function openFiles(vectors: File, metadata: File | null): Promise<string | null> {
  try {
    showFiles(vectors.name, await parseTsv(vectors, metadata ?? undefined));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Files dropped on the page are opened: one that says so in its name, or else the second, is the metadata. */
export function useDroppedFiles(root: { readonly current: HTMLElement | null }): {
  over: { value: boolean };
  error: { value: string | null };
} {
  const over = useSignal(false);
  const error = useSignal<string | null>(null);
  const depth = useRef(0);
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const listening = new AbortController();
    const { signal } = listening;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    element.addEventListener(
      "dragenter",
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current += 1;
        over.value = true;
      },
      { signal },
    );
    element.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault(), { signal });
    element.addEventListener(
      "dragleave",
      () => {
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) over.value = false;
      },
      { signal },
    );
    element.addEventListener(
      "drop",
      (event) => {
        depth.current = 0;
        over.value = false;
        if (!hasFiles(event)) return;
        event.preventDefault();
        const files = [...(event.dataTransfer?.files ?? [])].slice(0, 2);
        const metadata =
          files.length > 1 ? (files.find(({ name }) => /meta|label/i.test(name)) ?? files[1]) : undefined;
        const vectors = files.find((file) => file !== metadata);
        if (!vectors) return;
        void openFiles(vectors, metadata ?? null).then((said) => {
          error.value = said;
        });
      },
      { signal },
    );
    return () => listening.abort();
  }, []);
  return { over, error };
}
