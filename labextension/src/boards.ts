import type { ILabShell } from "@jupyterlab/application";
import { Dialog, type MainAreaWidget, showDialog, showErrorMessage, WidgetTracker } from "@jupyterlab/apputils";
import { PageConfig } from "@jupyterlab/coreutils";
import { UUID } from "@lumino/coreutils";
import { Widget } from "@lumino/widgets";
import type { Asked } from "./api";
import { element } from "./dom";
import type { Place } from "./frame";
import { viewerAddress } from "./message";
import { settings } from "./settings";
import { BoardTab, withToolbar } from "./tab";
import { trans } from "./translation";
import { viewers } from "./viewers";
import { nameOf, wordsOf } from "./words";

/** Opens viewers: in the main area of JupyterLab, or where there is none (Notebook 7) in tabs of the browser. */
export class Boards {
  readonly tracker = new WidgetTracker<MainAreaWidget<BoardTab>>({ namespace: "cellboard" });

  constructor(private readonly shell: ILabShell | null) {}

  /** Start a viewer, or find the one that runs, and open it; rejects with words. */
  async start(asked: Asked): Promise<void> {
    await this.open(await viewers.start(asked));
  }

  /** As `start`; what goes wrong is told in a dialog. */
  async tryStart(asked: Asked): Promise<void> {
    try {
      await this.start(asked);
    } catch (problem) {
      await showErrorMessage(trans.__("The board cannot be opened"), wordsOf(problem));
    }
  }

  /** Open a viewer, in the tab that it has already if it has one. */
  async open(viewer: Pick<Place, "id" | "logdir" | "title"> & Partial<Place>): Promise<void> {
    const { id, logdir, title, hash = "" } = viewer;
    if (this.shell === null) {
      await openInBrowser(viewerAddress(PageConfig.getBaseUrl(), id) + hash, nameOf(viewer));
      return;
    }
    const tab = this.tracker.find(({ content }) => content.frame.current.id === id);
    if (tab !== undefined) {
      this.shell.activateById(tab.id);
      return;
    }
    this.add({ id, logdir, title, hash }, UUID.uuid4());
  }

  /** Make the tab of a saved workspace again; if its viewer has gone, the tab says so and offers to start another. */
  restore(place: Place, key: string): void {
    this.add(place, key, false);
  }

  private add(place: Place, key: string, activate = true): void {
    const content = new BoardTab(place, key);
    const tab = withToolbar(content, () => void this.stop(content.frame.current.id));
    content.changed.connect(() => void this.tracker.save(tab));
    void this.tracker.add(tab);
    this.shell?.add(tab, "main", { mode: settings.placement, activate });
  }

  /** Stop a viewer; what goes wrong is told in a dialog. */
  async stop(id: string): Promise<void> {
    try {
      await viewers.stop(id);
    } catch (problem) {
      await showErrorMessage(trans.__("The viewer cannot be stopped"), wordsOf(problem));
    }
  }

  /** Stop all viewers; what goes wrong is told in a dialog. */
  async stopAll(): Promise<void> {
    try {
      await viewers.stopAll();
    } catch (problem) {
      await showErrorMessage(trans.__("The viewers cannot be stopped"), wordsOf(problem));
    }
  }
}

/** Open an address in a tab of the browser, or offer it as a link where the browser does not allow that. */
async function openInBrowser(address: string, name: string): Promise<void> {
  const opened = window.open(address, "_blank");
  if (opened !== null) {
    opened.opener = null;
    return;
  }
  const link = element("a", "cellboard-open", trans.__("Open %1 in browser tab", name));
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener";
  const body = new Widget({ node: link });
  await showDialog({ title: trans.__("The board is ready"), body, buttons: [Dialog.okButton()] });
}
