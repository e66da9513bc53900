import type { JSX } from "preact";
import { Icon } from "../../ui/Icon";
import { togglePanel } from "./panels";

interface Props {
  /** The run, or else the folder. */
  name: string | null;
  folder: string | null;
  onOnly(): void;
}

/** What can be done with a row, seen while it is pointed at; the keyboard has Enter and Shift+F10 for it. */
export function RowActions({ name, folder, onOnly }: Props): JSX.Element {
  const what = name ?? folder ?? "";
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps double clicks from the row
    <span class="run-actions" onDblClick={(event) => event.stopPropagation()}>
      <button
        type="button"
        class="run-only"
        tabIndex={-1}
        title={name === null ? "Show only these runs" : "Show only this run (double-click)"}
        aria-label={`Show only ${what}`}
        onClick={onOnly}
      >
        only
      </button>
      <button
        type="button"
        class="run-more"
        tabIndex={-1}
        title="More"
        aria-label={`More for ${what}`}
        data-testid="run-more"
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => togglePanel({ kind: "menu", run: name, folder, anchor: event.currentTarget })}
      >
        <Icon name="dots" size={14} />
      </button>
    </span>
  );
}
