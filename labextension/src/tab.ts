import { MainAreaWidget } from "@jupyterlab/apputils";
import { launchIcon, refreshIcon, stopIcon, Toolbar, ToolbarButton } from "@jupyterlab/ui-components";
import type { Message } from "@lumino/messaging";
import { Signal } from "@lumino/signaling";
import { Widget } from "@lumino/widgets";
import { element } from "./dom";
import { type Place, ViewerFrame } from "./frame";
import { boardIcon } from "./icon";
import { trans } from "./translation";
import { nameOf } from "./words";

/** A viewer that fills a tab of the main area. */
export class BoardTab extends Widget {
  /** Emitted when the viewer or its state is another. */
  readonly changed = new Signal<this, void>(this);
  readonly frame: ViewerFrame;

  /**
   * @param place - What to show.
   * @param key - Names the tab in the saved workspace, whichever viewer it shows by then.
   */
  constructor(
    place: Place,
    readonly key: string,
  ) {
    super();
    this.addClass("cellboard-tab");
    this.frame = new ViewerFrame(this.node, () => this.changed.emit());
    this.title.label = nameOf(place);
    this.title.caption = place.logdir;
    this.title.icon = boardIcon;
    this.title.closable = true;
    void this.frame.show(place);
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

/** Put a tab's toolbar above it: what it shows; reload, open in the browser, stop. */
export function withToolbar(content: BoardTab, stop: () => void): MainAreaWidget<BoardTab> {
  const main = new MainAreaWidget({ content });
  main.id = `cellboard-${content.key}`;
  const { logdir } = content.frame.current;
  const path = new Widget({ node: element("span", "cellboard-path") });
  // What is cut off is its beginning: the text runs to the left, and within <bdi> as it does anyway.
  path.node.append(element("bdi", "", logdir));
  path.node.title = logdir;
  const open = new ToolbarButton({
    icon: launchIcon,
    tooltip: trans.__("Open in browser tab"),
    onClick: () => void window.open(content.frame.address, "_blank", "noopener"),
  });
  const end = new ToolbarButton({ icon: stopIcon, tooltip: trans.__("Stop this viewer"), onClick: stop });
  const reload = new ToolbarButton({
    icon: refreshIcon,
    tooltip: trans.__("Reload"),
    onClick: () => void content.frame.reload(),
  });
  main.toolbar.addItem("path", path);
  main.toolbar.addItem("spacer", Toolbar.createSpacerItem());
  main.toolbar.addItem("reload", reload);
  main.toolbar.addItem("open", open);
  main.toolbar.addItem("stop", end);
  const update = (): void => {
    open.enabled = content.frame.isThere;
    end.enabled = content.frame.isThere;
  };
  content.changed.connect(update);
  update();
  return main;
}
