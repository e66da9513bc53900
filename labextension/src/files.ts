import type { JupyterFrontEnd } from "@jupyterlab/application";
import { boardIcon } from "./icon";
import { EVENT_FILE_MARK } from "./paths";
import { trans } from "./translation";

/** Let the file browser know event files; `schema/plugin.json` names the type for the context menu. */
export function addFileType(app: JupyterFrontEnd): void {
  app.docRegistry.addFileType({
    name: "cellboard-events",
    displayName: trans.__("Training log"),
    pattern: EVENT_FILE_MARK,
    extensions: [],
    mimeTypes: ["application/octet-stream"],
    contentType: "file",
    fileFormat: "base64",
    icon: boardIcon,
  });
}
