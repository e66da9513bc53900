import type { JSX } from "preact";
import type { FolderNode } from "../../runs/tree";
import { isFolderOpen, soloFolder, tickedIn, toggleFolder, toggleFolderRuns } from "../../state/run_list";
import { Icon } from "../../ui/Icon";
import { Name } from "../../ui/Name";
import { goToRow } from "./active_row";
import { RowActions } from "./RowActions";
import type { RowPlace } from "./RunRow";

/** A folder of runs: it opens and closes, and its tick is that of all runs in it. */
export function FolderRow({ folder, index, row, isActive }: RowPlace & { folder: FolderNode }): JSX.Element {
  const count = folder.last - folder.first;
  const ticked = tickedIn(folder);
  const open = isFolderOpen(folder.path);
  const checked = ticked === count ? "true" : ticked ? "mixed" : "false";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree that holds the rows has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and says which row is active
    <div
      id={`run-row-${index}`}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-checked={checked}
      aria-expanded={open}
      aria-label={`${folder.path}, ${count} runs`}
      class={`run-row folder${ticked ? "" : " off"}${isActive ? " active" : ""}`}
      style={{ "--depth": row.depth }}
      data-testid="run-folder"
      data-path={folder.path}
      data-checked={checked}
      data-open={open}
      onClick={() => goToRow(index)}
    >
      <Icon name="chevron" size={12} />
      <input
        type="checkbox"
        class="checkbox run-check"
        tabIndex={-1}
        aria-hidden="true"
        checked={checked === "true"}
        ref={(input) => {
          if (input) input.indeterminate = checked === "mixed";
        }}
        onChange={(event) => {
          toggleFolderRuns(folder);
          // Of no use is what the browser has made of it meanwhile.
          event.currentTarget.checked = tickedIn(folder) === count;
        }}
      />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the row has the role */}
      <span class="run-name" data-testid="folder-toggle" onClick={() => toggleFolder(folder.path)}>
        <Name text={folder.label} title={folder.path} />
      </span>
      <span class="count">{ticked === count ? count : `${ticked} of ${count}`}</span>
      <RowActions name={null} folder={folder.path} onOnly={() => soloFolder(folder)} />
    </div>
  );
}
