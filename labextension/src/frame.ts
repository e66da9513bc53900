import { PageConfig } from "@jupyterlab/coreutils";
import { absence } from "./absence";
import { element } from "./dom";
import { checkHealth, type Health } from "./health";
import { viewerAddress } from "./message";
import { hashOf, inHostTheme, onThemeChange, setTheme } from "./theme";
import { trans } from "./translation";
import { viewers } from "./viewers";
import { lastPart } from "./words";

const CHECK_INTERVAL = 5000;
const HASH_INTERVAL = 1000;

/** A viewer to show: that of the id, or else one of the log directory, in the state that `hash` holds. */
export interface Place {
  id: string;
  logdir: string;
  title: string;
  hash: string;
}

/**
 * A viewer's page in a frame; where the viewer has gone, another one of the same log directory, or words and a button.
 *
 * The page keeps its state in its hash, which is read now and then: a frame that is moved in the document is loaded anew.
 */
export class ViewerFrame {
  private place: Place = { id: "", logdir: "", title: "", hash: "" };
  private missing: Health = "alive";
  private shown = 0;
  private checking = 0;
  private timers: number[] = [];
  private ignoreTheme = (): void => {};

  /**
   * @param body - What it fills.
   * @param changed - Called when the viewer or its state is another, or it is not there any more.
   */
  constructor(
    private readonly body: HTMLElement,
    private readonly changed: () => void = () => {},
  ) {}

  /** The address of what is shown, with its state; "" if nothing is. */
  get address(): string {
    return this.place.id === "" ? "" : viewerAddress(PageConfig.getBaseUrl(), this.place.id) + this.place.hash;
  }

  /** What is shown, or would be if it were there. */
  get current(): Place {
    this.keepHash();
    return this.place;
  }

  get isThere(): boolean {
    return this.iframe !== null;
  }

  /** Show a viewer, or say why it is not there. */
  async show(place: Place): Promise<void> {
    this.shown += 1;
    this.place = place;
    await this.check();
  }

  /** Look again, and load the page anew if it is there. */
  async reload(): Promise<void> {
    this.keepHash();
    this.iframe?.remove();
    await this.check();
  }

  /** To be called when the body has come into the document. */
  attached(): void {
    this.timers = [
      window.setInterval(() => void this.checkIfSeen(), CHECK_INTERVAL),
      window.setInterval(() => this.keepHash(), HASH_INTERVAL),
    ];
    this.ignoreTheme = onThemeChange(() => setTheme(this.iframe));
    viewers.changed.connect(this.follow, this);
  }

  /** To be called before it leaves the document. */
  detaching(): void {
    this.keepHash();
    this.timers.forEach(window.clearInterval);
    this.ignoreTheme();
    viewers.changed.disconnect(this.follow, this);
  }

  /** To be called after it has left: when it comes back, the page begins where it was. */
  detached(): void {
    if (this.iframe !== null) {
      this.iframe.src = inHostTheme(this.address);
    }
  }

  private get iframe(): HTMLIFrameElement | null {
    return this.body.querySelector("iframe");
  }

  private get isSeen(): boolean {
    return document.visibilityState === "visible" && this.body.offsetParent !== null;
  }

  private async checkIfSeen(): Promise<void> {
    // A lost connection is Jupyter's to report; the page in the frame stays, and says itself that it waits.
    if (this.isSeen && this.isThere && (await this.health()) === "gone") {
      await this.check();
    }
  }

  private async check(): Promise<void> {
    const { shown } = this;
    this.checking += 1;
    let health: Health;
    try {
      health = await this.health();
      if (health === "gone" && this.place.logdir !== "") {
        health = await this.healthOfOthers();
      }
    } finally {
      this.checking -= 1;
    }
    if (shown !== this.shown) {
      return;
    }
    if (health === "alive") {
      this.showFrame();
    } else {
      this.showAbsence(health);
    }
  }

  private health(): Promise<Health> {
    const { id } = this.place;
    return id === "" ? Promise.resolve("gone") : checkHealth(viewerAddress(PageConfig.getBaseUrl(), id));
  }

  /** Whether another viewer shows the same; if so, it is the one from now on. */
  private async healthOfOthers(): Promise<Health> {
    const { shown } = this;
    try {
      await viewers.refresh();
    } catch {
      return "gone";
    }
    const other = viewers.find("", this.place.logdir);
    if (other === undefined || shown !== this.shown) {
      return "gone";
    }
    this.place = { ...this.place, id: other.id };
    return this.health();
  }

  /** The list is another: this viewer may have ended, or one of the same log directory may have been started. */
  private follow(): void {
    if (this.checking > 0) {
      return;
    }
    const other = viewers.find(this.place.id, this.place.logdir);
    if (this.missing === "gone" ? other !== undefined : this.isThere && other?.id !== this.place.id) {
      void this.check();
    }
  }

  private async restart(): Promise<void> {
    const { logdir, title } = this.place;
    const ownTitle = title !== "" && title !== lastPart(logdir) && title !== logdir;
    const { id } = await viewers.start(ownTitle ? { logdir, title } : { logdir });
    this.place = { ...this.place, id };
    this.showFrame();
  }

  private keepHash(): void {
    const hash = this.iframe === null ? null : hashOf(this.iframe, this.address);
    if (hash !== null && hash !== this.place.hash) {
      this.place = { ...this.place, hash };
      this.changed();
    }
  }

  private showFrame(): void {
    this.missing = "alive";
    if (this.iframe?.dataset.viewer === this.place.id) {
      return;
    }
    const frame = element("iframe", "cellboard-frame");
    frame.title = this.place.title || trans.__("cellboard");
    frame.allow = "clipboard-write; fullscreen";
    frame.dataset.viewer = this.place.id;
    frame.addEventListener("load", () => setTheme(frame));
    frame.src = inHostTheme(this.address);
    this.body.replaceChildren(frame);
    this.changed();
  }

  private showAbsence(health: Exclude<Health, "alive">): void {
    this.missing = health;
    const { logdir } = this.place;
    const retry = (): void => void this.check();
    this.body.replaceChildren(absence(health, logdir, { retry, restart: logdir === "" ? null : () => this.restart() }));
    this.changed();
  }
}
