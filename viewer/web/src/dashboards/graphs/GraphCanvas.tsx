import { useSignalEffect } from "@preact/signals";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Box } from "../../graphs/scene";
import { type Size, useSize } from "../../ui/use";
import { goes, toggle } from "./actions";
import { anchored, bringIn, type Camera, firstView, fitTo, held, NEAR, panBy } from "./camera";
import { describeBox } from "./describe";
import { GraphView } from "./graph_view";
import { boxAfter, boxTowards, placeInOrder, type Way } from "./neighbor";
import type { SceneIndex } from "./scene_index";
import { selected, tracing } from "./settings";
import { aim, index, palette, selectedBox } from "./state";
import { menuAt, shownView, viewDrawn } from "./view_state";

const WAYS: Partial<Record<string, Way>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};
const PAN_PX = 80;
const ZOOM_STEP = 1.3;

/** The drawing, with its gestures and keys. */
export function GraphCanvas(): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const size = useSize(host);

  useLayoutEffect(() => {
    if (!below.current || !above.current) return;
    const view = new GraphView(below.current, above.current, {
      onSelect: (box) => {
        host.current?.focus({ preventScroll: true });
        selected.value = box?.path ?? "";
      },
      onToggle: toggle,
      onMenu: (box, clientX, clientY) => {
        if (box) selected.value = box.path;
        menuAt.value = { box, x: clientX, y: clientY };
      },
      onDrawn: () => {
        viewDrawn.value += 1;
      },
    });
    shownView.value = view;
    const go = (path: string): void => {
      const box = view.index?.boxFor(path);
      if (box) view.look(bringIn(view.aim, box, view.viewSize, true));
    };
    goes.add(go);
    return () => {
      goes.delete(go);
      shownView.value = null;
      view.close();
    };
  }, []);

  useSignalEffect(() => {
    const [view, next, colors, room] = [shownView.value, index.value, palette.value, size.value];
    if (!view || !next || !colors || room.width <= 0) return;
    view.resize(room);
    if (view.index !== next) {
      const before = view.index;
      view.show(next, colors, cameraFor(before, next, view));
      const path = aim.now.kind === "go" ? aim.now.path : "";
      if (path) goes.forEach((go) => void go(path));
      aim.now = { kind: "keep", path: "" };
    } else {
      view.recolor(colors);
    }
  });
  useSignalEffect(() => {
    shownView.value?.select(selectedBox.value);
  });

  const box = selectedBox.value;
  return (
    <div
      ref={host}
      class="graph-canvas"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing is worked with by keys
      tabIndex={0}
      aria-label={labelOf(index.value)}
      aria-activedescendant={box ? "graph-active" : undefined}
      data-testid="graph"
      onKeyDown={onKey}
    >
      <canvas ref={below} />
      <canvas ref={above} class="graph-above" />
      {box && index.value ? (
        // biome-ignore lint/a11y/useSemanticElements: the drawing has the focus, and says which of its boxes is active
        <div
          id="graph-active"
          class="for-screen-readers"
          role="button"
          tabIndex={-1}
          aria-expanded={box.canExpand ? box.isExpanded : undefined}
          data-testid="graph-active"
        >
          {describeBox(box, index.value)}, {placeInOrder(index.value, box)} of {index.value.scene.boxes.length}
        </div>
      ) : null}
    </div>
  );
}

const labelOf = (known: SceneIndex | null): string =>
  known
    ? `Graph of ${known.scene.boxes.length} boxes. Tab and arrow keys move between them, Enter opens and closes one.`
    : "Graph";

/** How the next scene is seen, for who looks at the one before. */
function cameraFor(before: SceneIndex | null, next: SceneIndex, view: GraphView): Camera {
  const { viewSize, camera } = view;
  if (!before || aim.now.kind === "first") {
    // Where a box was chosen in the address, that is what it is about.
    const chosen = next.byPath.get(selected.peek());
    const first = firstView(next.scene, firstBox(next, viewSize), viewSize);
    return chosen ? bringIn(first, chosen, viewSize) : held(first, next.scene, viewSize);
  }
  const kept = aim.now.kind === "keep" && aim.now.path ? before.byPath.get(aim.now.path) : nearest(before, next, view);
  const after = kept && next.byPath.get(kept.path);
  return kept && after ? anchored(camera, headOf(kept), headOf(after)) : held(camera, next.scene, viewSize);
}

const headOf = ({ x, y, width }: Box): { x: number; y: number } => ({ x: x + width / 2, y });

/** A view should begin with so many boxes; of so many one is looked for that does. */
const ENOUGH = 6;
const MOST_LOOKED_AT = 300;

/** Where the graph begins: its uppermost box, or where that stands alone, one that has others around it. */
function firstBox(index: SceneIndex, size: Size): Box | undefined {
  const closed = index.scene.boxes.filter((box) => !box.isExtracted && !box.isExpanded);
  const from = closed.sort((a, b) => a.y - b.y || a.x - b.x).slice(0, MOST_LOOKED_AT);
  const [width, height] = [size.width / NEAR, size.height / NEAR];
  let best: Box | undefined;
  let most = 0;
  for (const box of from) {
    const seen = index.boxesIn({ x: box.x + box.width / 2 - width / 2, y: box.y, width, height });
    const count = seen.filter((one) => !one.isExpanded).length;
    if (count > most) [best, most] = [box, count];
    if (count >= Math.min(ENOUGH, from.length)) break;
  }
  return best;
}

/** The box that is nearest to the middle of the view and is in both scenes. */
function nearest(before: SceneIndex, next: SceneIndex, view: GraphView): Box | undefined {
  const { x, y, width, height } = view.seen;
  let found: Box | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const box of before.boxesIn(view.seen)) {
    if (box.isExpanded || !next.byPath.has(box.path)) continue;
    const away = Math.hypot(box.x + box.width / 2 - x - width / 2, box.y - y - height / 2);
    if (away < least) [found, least] = [box, away];
  }
  return found;
}

export function fitAll(): void {
  const view = shownView.peek();
  if (view?.index) view.look(fitTo({ x: 0, y: 0, ...sizeOf(view.index) }, view.viewSize));
}

const sizeOf = ({ scene }: SceneIndex): { width: number; height: number } => ({
  width: scene.width,
  height: scene.height,
});

export const zoomIn = (): void => shownView.peek()?.zoomBy(ZOOM_STEP);
export const zoomOut = (): void => shownView.peek()?.zoomBy(1 / ZOOM_STEP);

function onKey(event: TargetedKeyboardEvent<HTMLDivElement>): void {
  const view = shownView.peek();
  // The newest scene, of which the chosen box is, though the view may be about to show it only.
  const known = index.peek();
  if (!view?.index || !known || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = selectedBox.peek();
  const way = WAYS[event.key];
  const acts: Record<string, () => boolean> = {
    "+": () => done(zoomIn),
    "=": () => done(zoomIn),
    "-": () => done(zoomOut),
    "0": () => done(fitAll),
    Enter: () => box !== null && done(() => toggle(box)),
    " ": () => box !== null && done(() => toggle(box)),
    Escape: () => (box !== null || tracing.peek() !== "off") && done(letGo),
    // At the last box, as without one, Tab leads on to what comes after the drawing.
    Tab: () => {
      const next = box ? boxAfter(known, box, event.shiftKey ? -1 : 1) : null;
      return next !== null && done(() => choose(next));
    },
    ContextMenu: () => box !== null && done(() => openMenu(box, view)),
    F10: () => event.shiftKey && box !== null && done(() => openMenu(box, view)),
  };
  let isTaken = false;
  if (way && event.shiftKey) {
    const by = { up: [0, PAN_PX], down: [0, -PAN_PX], left: [PAN_PX, 0], right: [-PAN_PX, 0] }[way];
    view.look(panBy(view.aim, by[0] as number, by[1] as number), false);
    isTaken = true;
  } else if (way) {
    const next = box ? boxTowards(known, box, way) : boxAfter(known, null, 1);
    if (next) choose(next);
    isTaken = true;
  } else if (Object.hasOwn(acts, event.key)) {
    isTaken = acts[event.key]?.() ?? false;
  }
  if (!isTaken) return;
  event.preventDefault();
  event.stopPropagation();
}

function done(act: () => void): true {
  act();
  return true;
}

/** The trace first, then the choice. */
function letGo(): void {
  if (tracing.peek() !== "off") tracing.value = "off";
  else choose(null);
}

function choose(box: Box | null): void {
  selected.value = box?.path ?? "";
  const view = shownView.peek();
  if (box && view) view.look(bringIn(view.aim, headRect(box), view.viewSize));
}

/** Of an open box its head is brought into the view: the rest may be larger than that. */
const headRect = ({ x, y, width, height, isExpanded }: Box): { x: number; y: number; width: number; height: number } =>
  isExpanded ? { x, y, width: Math.min(width, 320), height: 40 } : { x, y, width, height };

function openMenu(box: Box, view: GraphView): void {
  const host = document.querySelector("[data-testid=graph]")?.getBoundingClientRect();
  const { x, y, zoom } = view.camera;
  menuAt.value = {
    box,
    x: (host?.left ?? 0) + (box.x - x) * zoom + 24,
    y: (host?.top ?? 0) + (box.y - y) * zoom + 24,
  };
}
