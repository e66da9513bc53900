import { Dialog, showDialog } from "@jupyterlab/apputils";
import { Widget } from "@lumino/widgets";
import type { Boards } from "./boards";
import { element } from "./dom";
import { trans } from "./translation";
import { wordsOf } from "./words";

/** Ask for a log directory and open a board of it; what cannot be opened is asked again, with the reason. */
export async function createBoard(boards: Boards, offered: string): Promise<void> {
  let text = offered;
  let problem = "";
  for (;;) {
    const { button, value } = await showDialog({
      title: trans.__("New board"),
      body: new LogdirField(text, problem),
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__("Open") })],
      focusNodeSelector: "input",
    });
    if (!button.accept) {
      return;
    }
    text = value ?? "";
    try {
      await boards.start({ logdir: text });
      return;
    } catch (reason) {
      problem = wordsOf(reason);
    }
  }
}

/** A field for a path, with what it may be; or with what was wrong with the last one. */
class LogdirField extends Widget implements Dialog.IBodyWidget<string> {
  private readonly input = element("input", "jp-mod-styled cellboard-field");

  constructor(text: string, problem: string) {
    super();
    this.addClass("cellboard-new");
    const label = element("label", "cellboard-label", trans.__("Log directory"));
    const note = problem
      ? element("p", "cellboard-problem", problem)
      : element(
          "p",
          "cellboard-advice",
          trans.__("The folder that holds the event files, at any depth: absolute, or relative to the server's root."),
        );
    label.append(this.input);
    this.node.append(label, note);
    note.id = "cellboard-new-note";
    if (problem) {
      note.setAttribute("role", "alert");
      this.input.setAttribute("aria-invalid", "true");
    }
    this.input.setAttribute("aria-describedby", note.id);
    this.input.type = "text";
    this.input.spellcheck = false;
    this.input.value = text;
  }

  getValue(): string {
    return this.input.value;
  }

  protected override onAfterAttach(): void {
    this.input.select();
  }
}
