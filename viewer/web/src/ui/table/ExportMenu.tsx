import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { download, fileName } from "../../draw/save";
import { type Format, type TextTable, WRITERS } from "../../table/export";
import { copyText } from "../copy";
import { HangingButton } from "./HangingButton";

interface Props {
  /** What the files are called. */
  name: string;
  /** The table as it is shown; it may have to be read first. */
  table(): Promise<TextTable>;
  testId: string;
}

const CHOICES: readonly { format: Format; copies: boolean; text: string }[] = [
  { format: "tsv", copies: true, text: "Copy for a spreadsheet" },
  { format: "markdown", copies: true, text: "Copy as Markdown" },
  { format: "latex", copies: true, text: "Copy as LaTeX" },
  { format: "csv", copies: false, text: "Download CSV" },
  { format: "latex", copies: false, text: "Download LaTeX" },
  { format: "markdown", copies: false, text: "Download Markdown" },
];

/** The table to the clipboard or to a file: every row and column that is shown, in their order. */
export function ExportMenu({ name, table, testId }: Props): JSX.Element {
  const said = useSignal("");
  const take = async (format: Format, copies: boolean): Promise<void> => {
    const { write, extension, type } = WRITERS[format];
    try {
      const text = write(await table());
      if (copies) await copyText(text);
      else download(new Blob([text], { type: `${type};charset=utf-8` }), fileName(extension, name));
      said.value = copies ? "Copied" : "";
    } catch (error) {
      said.value = error instanceof Error ? error.message : String(error);
    }
  };
  return (
    <HangingButton
      text="Export"
      icon="download"
      testId={testId}
      render={(close) => (
        <div class="hang-list">
          {CHOICES.map(({ format, copies, text }) => (
            <button
              key={text}
              type="button"
              class="hang-item"
              data-testid={`${copies ? "copy" : "download"}-${format}`}
              onClick={() => void take(format, copies).then(() => (said.peek() && !copies ? undefined : close()))}
            >
              {text}
            </button>
          ))}
          <span role="status" class={said.value === "Copied" ? "hang-title" : "hang-error"}>
            {said.value}
          </span>
        </div>
      )}
    />
  );
}
