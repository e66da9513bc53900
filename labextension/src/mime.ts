import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { MIME_TYPE } from "./message";
import { speakWith } from "./translation";
import { ViewerOutput } from "./viewer";

/** Shows `%board`'s output. It needs nothing of its host but the base URL, so JupyterLab and Notebook 7 both run it. */
const extension: IRenderMime.IExtension = {
  id: "cellboard:viewer",
  description: "Shows a cellboard viewer in a cell.",
  rendererFactory: {
    // The frame's address is made from a checked id of our own registry, whatever the output says.
    safe: true,
    mimeTypes: [MIME_TYPE],
    createRenderer: ({ translator }) => {
      speakWith(translator);
      return new ViewerOutput();
    },
  },
  rank: 0,
  dataType: "json",
};

export default extension;
