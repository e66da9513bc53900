import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { status } from "../../state/log";
import { chooseColor, chosenColors } from "../../state/run_colors";
import { setSelected, soloRuns } from "../../state/runs";
import { copyText } from "../../ui/copy";
import { type MenuItem, MenuList } from "../../ui/Menu";
import { useDismiss } from "../../ui/use_dismiss";
import { closePanel, type OpenPanel, openPanel } from "./panels";

interface Props {
  panel: OpenPanel & { kind: "menu" };
  /** The runs that it is about. */
  names: readonly string[];
}

/** Things to do with a run, or with the runs of a folder. */
export function RowMenu({ panel, names }: Props): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const anchor = useRef<HTMLElement>(panel.anchor);
  const { run, folder } = panel;
  const leave = (): void => {
    closePanel();
    panel.anchor.closest<HTMLElement>("[role=tree]")?.focus();
  };
  useDismiss(root, true, (by) => (by === "escape" ? leave() : closePanel()));
  const what = run ?? folder ?? "";
  const item = (key: string, text: string, choose: () => void): MenuItem => ({
    key,
    text,
    choose,
    testId: `run-menu-${key}`,
  });
  const some = run === null ? "these" : "it";
  const ticks = [
    item("only", `Show only ${some}`, () => soloRuns(names)),
    item("all-but", `Show all but ${some}`, () => setSelected(names, false)),
  ];
  const colors = [
    ...(run === null
      ? []
      : [
          item("color", "Colour…", () => {
            openPanel.value = { kind: "color", run, anchor: panel.anchor };
          }),
        ]),
    ...(names.some((name) => chosenColors.peek().has(name))
      ? [item("reset-color", run === null ? "Reset their colours" : "Reset its colour", () => chooseColor(names, null))]
      : []),
  ];
  const copies = [
    item("copy-name", run === null ? "Copy names" : "Copy name", () => void copyText(names.join("\n"))),
    item("copy-path", "Copy path", () => void copyText(pathOf(what))),
  ];
  return (
    <div ref={root}>
      <MenuList
        label={what}
        sections={[{ items: ticks }, { items: colors }, { items: copies }].filter(({ items }) => items.length)}
        anchor={anchor}
        leave={leave}
      />
    </div>
  );
}

/** Where a run or a folder lies, in the way of the machine that the viewer runs on. */
function pathOf(name: string): string {
  const { logdir = "", logdirs } = status.peek() ?? {};
  // Of several logdirs, the first part of a run's name says which.
  const [first = "", ...rest] = name.split("/");
  const isNamed = logdirs !== null && logdirs !== undefined && Object.hasOwn(logdirs, first);
  const root = (isNamed ? logdirs[first] : logdir) ?? "";
  const parts = (isNamed ? rest : [first, ...rest]).filter((part) => part !== ".");
  const separator = root.includes("\\") && !root.includes("/") ? "\\" : "/";
  return [root.replace(/(?<=.)[\\/]$/, ""), ...parts].join(separator);
}
