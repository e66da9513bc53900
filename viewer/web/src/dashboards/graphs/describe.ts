/** Boxes in words, and the drawing as numbers. */

import type { Box, SearchAnswer } from "../../graphs/scene";
import type { DescribedBox, DescribedGraph } from "./drawn";
import { countWords, lineWidth } from "./paint";
import type { SceneIndex } from "./scene_index";
import { found, foundAt } from "./search_state";
import { selected } from "./settings";
import { index, mode, model, palette, phase, remark, traced } from "./state";
import { shownView } from "./view_state";

const KIND_WORDS = { scope: "scope", series: "series", op: "operation", function: "function" } as const;

const amount = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** What a screen reader says of a box. */
export function describeBox(box: Box, index: SceneIndex): string {
  const edges = index.edgesAt(box.id);
  const ins = edges.filter(({ to }) => to === box.id).length;
  const outs = edges.filter(({ from }) => from === box.id).length;
  const what = box.kind === "op" ? box.op || KIND_WORDS.op : `${KIND_WORDS[box.kind]} of ${countWords(box)}`;
  const open = box.canExpand ? (box.isExpanded ? ", open" : ", closed") : "";
  return `${box.name}, ${what}${open}, ${amount(ins, "input")}, ${amount(outs, "output")}`;
}

/** What is on the screen, for `window.cellboard`; of very many boxes and edges the first. */
export function describeGraph(most = 1000): DescribedGraph {
  const [view, known, colors, now] = [shownView.peek(), index.peek(), palette.peek(), phase.peek()];
  const host = document.querySelector("[data-testid=graph]")?.getBoundingClientRect();
  const camera = view?.camera ?? { x: 0, y: 0, zoom: 1 };
  const pathOf = (id: number): string => known?.byId.get(id)?.path ?? "";
  const place = (box: Box): Pick<DescribedBox, "x" | "y" | "width" | "height"> => ({
    x: (host?.left ?? 0) + (box.x - camera.x) * camera.zoom,
    y: (host?.top ?? 0) + (box.y - camera.y) * camera.zoom,
    width: box.width * camera.zoom,
    height: box.height * camera.zoom,
  });
  return {
    phase: now.kind,
    words: now.kind === "failed" ? now.why : remark.peek(),
    form: model.peek()?.overview.form ?? "",
    boxCount: known?.scene.boxes.length ?? 0,
    boxes: (known?.scene.boxes ?? []).slice(0, most).map((box) => ({
      path: box.path,
      name: box.name,
      kind: box.kind,
      op: box.op,
      isExpanded: box.isExpanded,
      canExpand: box.canExpand,
      isExtracted: box.isExtracted,
      attachments: box.attachments.map(({ name }) => name),
      ...place(box),
      fill: colors?.colors(box).fill ?? "",
      isDimmed: colors?.isDimmed(box) ?? false,
    })),
    edges: (known?.scene.edges ?? []).slice(0, most).map((edge) => ({
      from: pathOf(edge.from),
      to: pathOf(edge.to),
      label: edge.label,
      isControl: edge.isControl,
      width: lineWidth(edge),
    })),
    selected: selected.peek(),
    pointed: view?.pointed?.path ?? "",
    traced: traced.peek() && [...(traced.peek() ?? [])],
    mode: mode.peek(),
    camera,
    view: view?.viewSize ?? { width: 0, height: 0 },
    scene: { width: known?.scene.width ?? 0, height: known?.scene.height ?? 0 },
    isSharp: view?.isSharp ?? false,
    frames: { ...(view?.frames ?? { drawn: 0, unsharp: 0 }) },
    found: found.peek() && { ...(found.peek() as SearchAnswer), at: foundAt.peek() },
  };
}
