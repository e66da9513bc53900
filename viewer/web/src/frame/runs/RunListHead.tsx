import type { JSX } from "preact";
import { formatCount } from "../../format/numbers";
import { colorBy } from "../../state/run_colors";
import { isAnyOpen, openAllFolders, order, tree } from "../../state/run_list";
import { cutToNewest, listedRuns, runFilter, runs, selectListed, shownRuns } from "../../state/runs";
import { FilterBox } from "../../ui/FilterBox";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import { PanelButton } from "../../ui/PanelButton";
import { ColorByPanel } from "./ColorByPanel";
import { FilterHelp } from "./FilterHelp";
import { OrderPanel } from "./OrderPanel";

/** Above the runs: the filter, a tick for all of them, and how they are shown. */
export function RunListHead(): JSX.Element {
  return (
    <div class="run-list-head">
      <FilterBox filter={runFilter} label="Filter runs" testId="run-filter" extra={<FilterHelp />} />
      <div class="run-all">
        <TickAll />
        <div class="run-tools">
          {tree.value.folders.length ? <FoldButton /> : null}
          <PanelButton
            label="Order and layout"
            look={order.value.by === "name" ? "icon-button small" : "icon-button small marked"}
            button={<Icon name="order" />}
            testId="run-order-button"
            panelTestId="run-order-panel"
          >
            {() => <OrderPanel />}
          </PanelButton>
          <PanelButton
            label="Colours"
            look={colorBy.value.by === "run" ? "icon-button small" : "icon-button small marked"}
            button={<Icon name="palette" />}
            testId="color-by-button"
            panelTestId="color-by-popover"
          >
            {() => <ColorByPanel />}
          </PanelButton>
        </div>
      </div>
      <TooMany />
    </div>
  );
}

function TickAll(): JSX.Element {
  const listed = listedRuns.value;
  const shown = shownRuns.value.length;
  const all = listed.length > 0 && shown === listed.length;
  return (
    <label class="run-all-label">
      <input
        type="checkbox"
        class="checkbox run-check"
        checked={all}
        ref={(input) => {
          if (input) input.indeterminate = shown > 0 && !all;
        }}
        disabled={listed.length === 0}
        data-testid="select-all"
        onChange={() => selectListed(!all)}
      />
      <span class="run-all-title">Runs</span>
      <span class="count" data-testid="run-count">
        {shown === runs.value.length
          ? formatCount(shown)
          : `${formatCount(shown)} of ${formatCount(runs.value.length)}`}
      </span>
    </label>
  );
}

function FoldButton(): JSX.Element {
  const open = isAnyOpen.value;
  return (
    <IconButton
      icon={open ? "fold" : "unfold"}
      label={open ? "Close all folders" : "Open all folders"}
      testId="fold-all"
      onClick={() => openAllFolders(!open)}
    />
  );
}

/** Says that not all runs are ticked by themselves, and ticks them. */
function TooMany(): JSX.Element | null {
  const cut = cutToNewest.value;
  if (cut === null) return null;
  return (
    <p class="run-cut" data-testid="run-cut">
      <span>
        Only the {cut} newest are ticked: {formatCount(listedRuns.value.length)} would take long to draw.
      </span>
      <button type="button" class="link-button" data-testid="tick-all" onClick={() => selectListed(true)}>
        Tick all
      </button>
    </p>
  );
}
