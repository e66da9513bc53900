import { ILabShell, ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { IFileBrowserFactory } from "@jupyterlab/filebrowser";
import { ILauncher } from "@jupyterlab/launcher";
import { IRunningSessionManagers } from "@jupyterlab/running";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { ITranslator } from "@jupyterlab/translation";
import { Boards } from "./boards";
import { addCommands, COMMANDS, RESTORED } from "./commands";
import { addFileType } from "./files";
import { host } from "./host";
import { addRunningSection, watchPanel } from "./running";
import { followSettings } from "./settings";
import { speakWith, trans } from "./translation";

const ID = "cellboard:plugin";

/** Viewers in the application around the notebook. Every service is optional: Notebook 7 has few of them. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: "Boards in tabs, the launcher, the palette, the file browser and the list of what runs.",
  autoStart: true,
  optional: [
    ITranslator,
    ISettingRegistry,
    ILabShell,
    ILayoutRestorer,
    ICommandPalette,
    ILauncher,
    IFileBrowserFactory,
    IRunningSessionManagers,
  ],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator | null,
    registry: ISettingRegistry | null,
    shell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    files: IFileBrowserFactory | null,
    running: IRunningSessionManagers | null,
  ): void => {
    speakWith(translator);
    const boards = new Boards(shell);
    addCommands(app, boards, files);
    addFileType(app);
    if (registry !== null) {
      followSettings(registry, ID).catch((problem: unknown) => console.warn("cellboard: no settings:", problem));
    }
    if (shell !== null) {
      host.openTab = (place) => void boards.open(place);
    }
    if (shell !== null && restorer !== null) {
      void restorer.restore(boards.tracker, {
        command: COMMANDS.restore,
        args: ({ content }) => {
          const kept = { ...content.frame.current, key: content.key };
          return Object.fromEntries(RESTORED.map((name) => [name, kept[name]]));
        },
        name: ({ content }) => content.key,
      });
    }
    for (const command of [COMMANDS.create, COMMANDS.open, COMMANDS.stopAll, COMMANDS.settings]) {
      palette?.addItem({ command, category: trans.__("Board") });
    }
    launcher?.add({
      command: COMMANDS.create,
      args: { isLauncher: true },
      category: translator?.load("jupyterlab").__("Other") ?? "Other",
      rank: 10,
    });
    if (running !== null) {
      addRunningSection(running, boards);
      void app.restored.then(watchPanel);
    }
  },
};

export default plugin;
