/** Lays points out, a slice of time after the other, so that what is said meanwhile is heard. */

import type { Layout } from "./layout";
import type { LayoutAnswer, LayoutRequest } from "./layout_run";
import { TsneLayout } from "./tsne_layout";
import { UmapLayout } from "./umap_layout";

const SLICE_MS = 25;

let layout: Layout | null = null;
let steps: ReturnType<Layout["steps"]> | null = null;
let isPaused = false;

addEventListener("message", ({ data }: MessageEvent<LayoutRequest>) => {
  if (data.kind === "start") {
    layout =
      data.method === "tsne" ? new TsneLayout(data.points, data.options) : new UmapLayout(data.points, data.options);
    steps = layout.steps();
    goOn();
    return;
  }
  if (data.kind === "pause") {
    isPaused = true;
    return;
  }
  if (data.kind === "perturb") layout?.perturb();
  isPaused = false;
  steps ??= layout?.steps() ?? null;
  goOn();
});

// A message to itself comes behind those of the page that wait already.
const turn = new MessageChannel();
let isAsked = false;
turn.port1.onmessage = () => {
  isAsked = false;
  work();
};

function goOn(): void {
  if (isAsked) return;
  isAsked = true;
  turn.port2.postMessage(null);
}

function work(): void {
  if (isPaused || !steps || !layout) return;
  const end = performance.now() + SLICE_MS;
  let last: LayoutAnswer | null = null;
  do {
    const { value, done } = steps.next();
    if (done) {
      steps = null;
      break;
    }
    last = { kind: "step", iteration: value.iteration, note: value.note, coords: null };
  } while (performance.now() < end);
  if (last) {
    const coords = Float32Array.from(layout.coords);
    postMessage({ ...last, coords } satisfies LayoutAnswer, { transfer: [coords.buffer] });
  }
  if (steps) goOn();
  else postMessage({ kind: "done", iteration: 0, note: null, coords: null } satisfies LayoutAnswer);
}
