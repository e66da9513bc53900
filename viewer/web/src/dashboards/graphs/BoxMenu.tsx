import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Box } from "../../graphs/scene";
import { copyText } from "../../ui/copy";
import { type MenuItem, MenuList, type MenuSection } from "../../ui/Menu";
import { useDismiss } from "../../ui/use_dismiss";
import { closeAll, group, moveIn, moveOut, openAll, toggle, trace, ungroup } from "./actions";
import { fitAll } from "./GraphCanvas";
import { seriesOf } from "./series";
import { tracing } from "./settings";
import { menuAt } from "./view_state";

/** What can be done with a box, or with the graph, where the pointer asked for it. */
export function BoxMenu(): JSX.Element | null {
  const at = menuAt.value;
  return at ? <OpenMenu key={`${at.x} ${at.y} ${at.box?.id}`} box={at.box} x={at.x} y={at.y} /> : null;
}

/** Room below the pointer that the menu is to have, if the window is high enough. */
const LEAST_ROOM = 380;

function OpenMenu({ box, x, y }: { box: Box | null; x: number; y: number }): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const anchor = useRef<HTMLDivElement>(null);
  const close = (): void => {
    menuAt.value = null;
  };
  const leave = (): void => {
    close();
    document.querySelector<HTMLElement>("[data-testid=graph]")?.focus({ preventScroll: true });
  };
  useDismiss(root, true, (by) => (by === "escape" ? leave() : close()));
  useLayoutEffect(() => {
    addEventListener("blur", close);
    return () => removeEventListener("blur", close);
  }, []);
  const top = Math.max(0, Math.min(y, innerHeight - LEAST_ROOM));
  return (
    <div ref={root} data-testid="graph-menu">
      <div ref={anchor} class="graph-menu-anchor" style={{ left: `${x}px`, top: `${top}px` }} />
      <MenuList
        label={box ? box.name : "Graph"}
        sections={box ? ofBox(box) : ofGraph()}
        anchor={anchor}
        leave={leave}
      />
    </div>
  );
}

const item = (key: string, text: string, choose: () => void): MenuItem => ({
  key,
  text,
  testId: `graph-do-${key}`,
  choose,
});

function ofBox(box: Box): MenuSection[] {
  const series = seriesOf.peek().get(box.path);
  const isTraced = tracing.peek() !== "off";
  return [
    {
      title: box.name.slice(0, 60),
      items: [
        ...(box.canExpand ? [item("toggle", box.isExpanded ? "Close" : "Open", () => toggle(box))] : []),
        ...(box.canExpand ? [item("open-all", "Open all that is in it", () => void openAll(box.path))] : []),
        ...(box.kind === "series" ? [item("ungroup", "Draw its blocks one by one", () => ungroup(box.path))] : []),
        ...(series ? [item("group", "Fold the series into one", () => group(series))] : []),
      ],
    },
    {
      items: [
        box.isExtracted
          ? item("move-in", "Move into the main graph", () => moveIn(box))
          : item("move-out", "Move out of the main graph", () => moveOut(box)),
      ],
    },
    {
      items: [
        item("trace-inputs", "Trace inputs", () => trace(box.path, "inputs")),
        item("trace-outputs", "Trace outputs", () => trace(box.path, "outputs")),
        ...(isTraced ? [item("trace-off", "End the trace", () => trace(box.path, "off"))] : []),
      ],
    },
    { items: [item("copy", "Copy the name", () => void copyText(box.path))] },
  ];
}

const ofGraph = (): MenuSection[] => [
  {
    items: [
      item("fit", "Show the whole graph", fitAll),
      item("open-everything", "Open everything", () => void openAll("")),
      item("close-everything", "Close everything", closeAll),
    ],
  },
];
