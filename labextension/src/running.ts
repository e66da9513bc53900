import type { IRunningSessionManagers, IRunningSessions } from "@jupyterlab/running";
import { stopIcon } from "@jupyterlab/ui-components";
import type { RunningViewer } from "./api";
import type { Boards } from "./boards";
import { boardIcon } from "./icon";
import { whileSeen } from "./seen";
import { trans } from "./translation";
import { viewers } from "./viewers";
import { describe, nameOf, stateOf } from "./words";

const PANEL = ".jp-RunningSessions";
const INTERVAL = 5000;

/** Add the section "Boards" to the panel of what runs. */
export function addRunningSection(managers: IRunningSessionManagers, boards: Boards): void {
  managers.add({
    name: trans.__("Boards"),
    running: () => viewers.running.map((viewer) => itemOf(viewer, boards)),
    shutdownAll: () => void boards.stopAll(),
    refreshRunning: refresh,
    runningChanged: viewers.changed,
    shutdownLabel: trans.__("Stop"),
    shutdownAllLabel: trans.__("Stop All"),
    shutdownAllConfirmationText: trans.__("Are you sure you want to stop all boards?"),
    shutdownItemIcon: stopIcon,
  });
}

/** Keep the list fresh while the panel can be seen; to be called once it is there. */
export function watchPanel(): void {
  const panel = document.querySelector(PANEL);
  if (panel !== null) {
    whileSeen(panel, refresh, INTERVAL);
  }
}

function refresh(): void {
  // Where the server part is missing there is nothing to list, and what shows a viewer says so.
  viewers.refresh().catch(() => {});
}

function itemOf(viewer: RunningViewer, boards: Boards): IRunningSessions.IRunningItem {
  return {
    open: () => void boards.open(viewer),
    shutdown: () => void boards.stop(viewer.id),
    icon: () => boardIcon,
    label: () => nameOf(viewer),
    labelTitle: () => describe(viewer),
    detail: () => stateOf(viewer),
    className: "cellboard-running",
    context: "cellboard",
  };
}
