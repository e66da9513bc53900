import { PageConfig } from "@jupyterlab/coreutils";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import type { Message } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import { checkHealth, type Health, WORDS } from "./health";
import { boardCommand, frameAddress, MIME_TYPE, readMessage, type ViewerMessage, viewerAddress } from "./message";
import { resizeWith } from "./resize";
import { onThemeChange, setTheme } from "./theme";

const CHECK_INTERVAL = 10_000;

/** A viewer in a cell's output: a bar with its title, the page in a frame, a handle to resize it. */
export class ViewerOutput extends Widget implements IRenderMime.IRenderer {
  private message: ViewerMessage | null = null;
  private timer = 0;
  private ignoreTheme = (): void => {};
  private readonly title_ = element("span", "cellboard-title");
  private readonly link = element("a", "cellboard-open");
  private readonly body = element("div", "cellboard-body");
  private readonly handle = element("div", "cellboard-handle");
  private readonly baseUrl = PageConfig.getBaseUrl();

  constructor() {
    super();
    this.addClass("cellboard-viewer");
    this.link.textContent = "Open in a new tab";
    this.link.target = "_blank";
    this.link.rel = "noopener";
    const bar = element("div", "cellboard-bar");
    bar.append(this.title_, this.link);
    this.node.append(bar, this.body, this.handle);
    resizeWith(this.handle, this.body);
  }

  /** Show what a MIME bundle holds. */
  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.message = readMessage(model.data[MIME_TYPE]);
    if (this.message === null) {
      this.node.textContent = "This output names no cellboard viewer.";
      return;
    }
    this.title_.textContent = this.message.title || this.message.logdir || "cellboard";
    this.title_.title = this.message.logdir;
    this.link.href = frameAddress(this.baseUrl, this.message);
    await this.check();
  }

  protected override onAfterAttach(_: Message): void {
    this.timer = window.setInterval(() => void this.checkIfSeen(), CHECK_INTERVAL);
    this.ignoreTheme = onThemeChange(() => setTheme(this.frame));
  }

  protected override onBeforeDetach(_: Message): void {
    window.clearInterval(this.timer);
    this.ignoreTheme();
  }

  private async checkIfSeen(): Promise<void> {
    const seen = document.visibilityState === "visible" && this.node.offsetParent !== null;
    // A lost connection is Jupyter's to report; the page in the frame stays, and says itself that it waits.
    if (seen && this.frame !== null && this.message !== null && (await this.health()) === "gone") {
      this.showAbsence("gone", this.message);
    }
  }

  private async check(): Promise<void> {
    const message = this.message;
    const health = await this.health();
    if (this.isDisposed || message === null || message !== this.message) {
      return;
    }
    if (health === "alive") {
      this.showFrame(message);
    } else {
      this.showAbsence(health, message);
    }
  }

  private async health(): Promise<Health> {
    return this.message === null ? "gone" : checkHealth(viewerAddress(this.baseUrl, this.message.id));
  }

  private get frame(): HTMLIFrameElement | null {
    return this.body.querySelector("iframe");
  }

  private showFrame(message: ViewerMessage): void {
    const address = frameAddress(this.baseUrl, message);
    if (this.frame?.src === address) {
      return;
    }
    this.node.classList.remove("cellboard-absent");
    this.body.style.height = `${message.height}px`;
    const frame = element("iframe", "cellboard-frame");
    frame.title = message.title || "cellboard";
    frame.allow = "clipboard-write; fullscreen";
    frame.addEventListener("load", () => setTheme(frame));
    frame.src = address;
    this.body.replaceChildren(frame);
  }

  private showAbsence(health: Exclude<Health, "alive">, message: ViewerMessage): void {
    this.node.classList.add("cellboard-absent");
    this.body.style.height = "auto";
    const { head, advice } = WORDS[health];
    const again = element("button", "cellboard-again");
    again.textContent = "Try again";
    again.addEventListener("click", () => void this.check());
    const inline = health === "no-server-part" || health === "signed-out";
    const command = boardCommand(message);
    this.body.replaceChildren(
      element("strong", "cellboard-head", head),
      element("p", "cellboard-advice", advice),
      element("code", "cellboard-command", inline ? command.replace("%board", "%board scalars") : command),
      again,
    );
  }
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, name: string, text = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}
