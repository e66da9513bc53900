import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Icon } from "../../ui/Icon";
import { chooseFile } from "./state";

export const FILE_KINDS = [".pbtxt", ".pb", ".onnx", ".json"] as const;

/** Shows a graph out of a file of the reader's; it is read in the page, and sent nowhere. */
export function UploadButton({ words = "Open a file" }: { words?: string }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="button soft"
        title={`A graph out of a file: ${FILE_KINDS.join(", ")}`}
        data-testid="graph-upload"
        onClick={() => input.current?.click()}
      >
        <Icon name="up" size={14} />
        <span class="graph-roomy">{words}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={`${FILE_KINDS.join(",")},.prototxt,.txt`}
        data-testid="graph-file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file again is a change as well.
          event.currentTarget.value = "";
          if (file) chooseFile(file);
        }}
      />
    </>
  );
}
