import { PageConfig } from "@jupyterlab/coreutils";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import { button, element } from "./dom";
import { ViewerFrame } from "./frame";
import { host } from "./host";
import { frameAddress, MIME_TYPE, readMessage } from "./message";
import { resizeWith } from "./resize";
import { settings } from "./settings";
import { trans } from "./translation";

/** A viewer in a cell's output: a bar with its title, the page in a frame, a handle to resize it. */
export class ViewerOutput extends Widget implements IRenderMime.IRenderer {
  private readonly title_ = element("span", "cellboard-title");
  private readonly link = element("a", "cellboard-open", trans.__("Open in browser tab"));
  private readonly body = element("div", "cellboard-body");
  private readonly handle = element("div", "cellboard-handle");
  private readonly frame = new ViewerFrame(this.body, () => {
    this.link.href = this.frame.address;
    this.toggleClass("cellboard-absent", !this.frame.isThere);
  });

  constructor() {
    super();
    this.addClass("cellboard-viewer");
    this.link.target = "_blank";
    this.link.rel = "noopener";
    const tab = button("cellboard-tab-button", trans.__("Open as tab"), () => host.openTab?.(this.frame.current));
    tab.hidden = host.openTab === null;
    const bar = element("div", "cellboard-bar");
    bar.append(this.title_, tab, this.link);
    this.node.append(bar, this.body, this.handle);
    resizeWith(this.handle, this.body);
  }

  /** Show what a MIME bundle holds. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const message = readMessage(model.data[MIME_TYPE]);
    if (message === null) {
      this.node.textContent = trans.__("This output names no cellboard viewer.");
      return;
    }
    const { id, logdir } = message;
    const title = message.title || logdir || "cellboard";
    const address = frameAddress(PageConfig.getBaseUrl(), message);
    this.title_.textContent = title;
    this.title_.title = logdir;
    this.link.href = address;
    this.body.style.height = `${message.height ?? settings.height}px`;
    await this.frame.show({ id, logdir, title, hash: new URL(address).hash });
  }

  protected override onAfterAttach(_: Message): void {
    this.frame.attached();
  }

  protected override onBeforeDetach(_: Message): void {
    this.frame.detaching();
  }

  protected override onAfterDetach(_: Message): void {
    this.frame.detached();
  }
}
