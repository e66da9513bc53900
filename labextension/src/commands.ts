import type { JupyterFrontEnd } from "@jupyterlab/application";
import { Dialog, InputDialog, showDialog } from "@jupyterlab/apputils";
import type { IFileBrowserFactory } from "@jupyterlab/filebrowser";
import type { Boards } from "./boards";
import { boardIcon } from "./icon";
import { createBoard } from "./new_board";
import { isEventFile, localPath } from "./paths";
import { settings } from "./settings";
import { trans } from "./translation";
import { viewers } from "./viewers";
import { nameOf } from "./words";

export const COMMANDS = {
  /** Ask for a log directory and open a viewer of it; `cwd` and `logdir` say what to offer. */
  create: "cellboard:new",
  /** Open the viewer of an `id`, a `logdir` or a `path` of the file browser; without any, ask which. */
  open: "cellboard:open",
  /** Open what is selected in the file browser. */
  openSelected: "cellboard:open-selected",
  /** Make a tab of a saved workspace again. */
  restore: "cellboard:restore",
  stopAll: "cellboard:stop-all",
  settings: "cellboard:settings",
} as const;

const SETTING_EDITOR = "settingeditor:open";

/** Add the commands, which all work without a palette, a launcher or a file browser. */
export function addCommands(app: JupyterFrontEnd, boards: Boards, files: IFileBrowserFactory | null): void {
  const { commands } = app;
  const { contents } = app.serviceManager;
  const selected = () => [...(files?.tracker.currentWidget?.selectedItems() ?? [])];

  commands.addCommand(COMMANDS.create, {
    label: (args) => (args.isLauncher ? trans.__("Board") : trans.__("New Board…")),
    caption: trans.__("Show training logs"),
    icon: boardIcon,
    execute: (args) => {
      const here = textOf(args.cwd) || (files?.tracker.currentWidget?.model.path ?? "");
      const offered = textOf(args.logdir) || settings.logdir || localPath(contents, here) || ".";
      return createBoard(boards, offered);
    },
  });
  commands.addCommand(COMMANDS.open, {
    label: trans.__("Open Running Board…"),
    icon: boardIcon,
    execute: async (args) => {
      const [id, logdir, path] = [args.id, args.logdir, args.path].map(textOf);
      if (logdir) {
        await boards.tryStart({ logdir });
      } else if (path) {
        await boards.tryStart({ path });
      } else {
        await chooseBoard(boards, id ?? "");
      }
    },
  });
  commands.addCommand(COMMANDS.openSelected, {
    label: trans.__("Open in Board"),
    icon: boardIcon,
    isVisible: () => {
      const items = selected();
      return items.length > 0 && items.every((item) => item.type === "directory" || isEventFile(item.name));
    },
    execute: async () => {
      for (const item of selected()) {
        await boards.tryStart({ path: localPath(contents, item.path) });
      }
    },
  });
  commands.addCommand(COMMANDS.restore, {
    isVisible: () => false,
    execute: (args) => {
      const [id = "", logdir = "", title = "", hash = "", key = ""] = RESTORED.map((name) => textOf(args[name]));
      boards.restore({ id, logdir, title, hash }, key);
    },
  });
  commands.addCommand(COMMANDS.stopAll, {
    label: trans.__("Stop All Boards…"),
    execute: async () => {
      if (await confirmStopAll()) {
        await boards.stopAll();
      }
    },
  });
  commands.addCommand(COMMANDS.settings, {
    label: trans.__("Board Settings"),
    isVisible: () => commands.hasCommand(SETTING_EDITOR),
    execute: () => commands.execute(SETTING_EDITOR, { query: "cellboard" }),
  });
}

/** What a workspace keeps of a tab. */
export const RESTORED = ["id", "logdir", "title", "hash", "key"] as const;

async function chooseBoard(boards: Boards, id: string): Promise<void> {
  const running = await viewers.refresh().catch(() => viewers.running);
  const known = running.find((viewer) => viewer.id === id);
  if (known !== undefined) {
    await boards.open(known);
    return;
  }
  if (running.length === 0) {
    const body = trans.__("No board is running. Start one with New Board, or in a cell: %board --logdir DIR");
    await showDialog({ title: trans.__("Open a running board"), body, buttons: [Dialog.okButton()] });
    return;
  }
  const items = running.map((viewer) => `${nameOf(viewer)} (${viewer.logdir}, ${viewer.port})`);
  const { value } = await InputDialog.getItem({
    title: trans.__("Open a running board"),
    items,
    okLabel: trans.__("Open"),
  });
  const chosen = running[items.indexOf(value ?? "")];
  if (chosen !== undefined) {
    await boards.open(chosen);
  }
}

async function confirmStopAll(): Promise<boolean> {
  const running = await viewers.refresh().catch(() => viewers.running);
  const body =
    running.length === 0
      ? trans.__("No board is running.")
      : trans._n("Stop %1 running board?", "Stop all %1 running boards?", running.length, running.length);
  const stop = Dialog.warnButton({ label: trans.__("Stop All") });
  const buttons = running.length === 0 ? [Dialog.okButton()] : [Dialog.cancelButton(), stop];
  const result = await showDialog({ title: trans.__("Stop all boards"), body, buttons });
  return running.length > 0 && result.button.accept;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
