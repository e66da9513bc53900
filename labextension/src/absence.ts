import { button, element } from "./dom";
import { type Health, wordsFor } from "./health";
import { boardCommand } from "./message";
import { trans } from "./translation";
import { wordsOf } from "./words";

/** What can be done about a viewer that is not there. */
export interface Remedies {
  /** Look again. */
  retry(): void;
  /** Start a viewer of the same log directory; rejects with words. null if nobody knows which. */
  restart: (() => Promise<void>) | null;
}

/** Say in a viewer's place why it is not there, with what can be done about it. */
export function absence(health: Exclude<Health, "alive">, logdir: string, remedies: Remedies): HTMLElement {
  const box = element("div", "cellboard-absence");
  const { head, advice } = wordsFor(health);
  const command = boardCommand(logdir);
  const withoutServer = health === "no-server-part" || health === "signed-out";
  const buttons = element("div", "cellboard-buttons");
  box.append(
    element("strong", "cellboard-head", head),
    element("p", "cellboard-advice", advice),
    element("code", "cellboard-command", withoutServer ? command.replace("%board", "%board scalars") : command),
    buttons,
  );
  if (health === "gone" && remedies.restart !== null) {
    buttons.append(restartButton(box, remedies.restart));
  } else {
    buttons.append(button("cellboard-again", trans.__("Try again"), () => remedies.retry()));
  }
  return box;
}

function restartButton(box: HTMLElement, restart: () => Promise<void>): HTMLButtonElement {
  const label = trans.__("Start it again");
  const made = button("cellboard-restart", label, () => {
    made.disabled = true;
    made.textContent = trans.__("Starting…");
    box.querySelector(".cellboard-problem")?.remove();
    restart().catch((problem: unknown) => {
      made.disabled = false;
      made.textContent = label;
      const said = element("p", "cellboard-problem", wordsOf(problem));
      said.setAttribute("role", "alert");
      box.append(said);
    });
  });
  return made;
}
