import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { cssColor, rgbOf, toHex } from "../../draw/colors";
import { formatCount } from "../../format/numbers";
import { appearance } from "../../state/theme";
import { useSize } from "../../ui/use";
import { arrangement } from "./arrangement";
import { rgbOfAll } from "./coloring";
import { coloring, labelOf } from "./columns";
import { catchPoints, caught, clearMarks, isolateMarked, marked, near, pick, picked, showAll } from "./marking";
import { mode } from "./panels";
import { data, fromBase, isolated, toBase } from "./points";
import { SceneNotice } from "./SceneNotice";
import { SceneStatus } from "./SceneStatus";
import { SceneTools } from "./SceneTools";
import { AS_ALL } from "./scene/point_layer";
import { Scene, type SceneColors } from "./scene/scene";
import { camera, pointSize, showsNames, showsPictures } from "./settings";
import { cut, pictures } from "./sheets";
import { pointed, sceneState, stage } from "./stage";

/** So many labels of marked points are written; more would be noise. */
const MOST_NAMED = 400;
const FEW_NAMED = 30;

/** The points, and what is said and done about them in place. */
export function SceneBox(): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const size = useSize(host);
  useLayoutEffect(() => {
    if (!host.current) return;
    const element = host.current;
    const scene = new Scene(element, {
      onPoint: (index, { x, y }) => {
        const box = element.getBoundingClientRect();
        pointed.value = index < 0 ? null : { index: toBase(index), x: box.left + x, y: box.top + y };
        element.classList.toggle("on-point", index >= 0);
      },
      onPick: (index, add) => {
        if (index >= 0 || !add) pick(index < 0 ? -1 : toBase(index), add);
      },
      onCatch: (indices, add) => catchPoints(indices.map(toBase), mode.peek() === "lasso" ? "lasso" : "box", add),
      onCamera: (now) => {
        camera.value = scene.isHome() ? null : now;
      },
      onState: (state, why) => {
        sceneState.value = { state, why };
      },
    });
    stage.scene = scene;
    const onKey = (event: KeyboardEvent): void => onSceneKey(event);
    element.addEventListener("keydown", onKey);
    return () => {
      element.removeEventListener("keydown", onKey);
      stage.scene = null;
      pointed.value = null;
      scene.close();
    };
  }, []);
  useFollowing(size);
  return (
    <div class="proj-scene" data-testid="proj-scene-box">
      <SceneTools />
      <div
        ref={host}
        class="proj-host"
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys turn and move what is drawn
        tabIndex={0}
        aria-label={describePicture()}
        data-testid="proj-scene"
        data-mode={mode.value}
      />
      <SceneNotice />
      <SceneStatus />
    </div>
  );
}

function describePicture(): string {
  const now = arrangement.value;
  if (!now) return "No points yet";
  const count = formatCount(now.places.length / 3);
  return `${count} points in ${now.dims} dimensions. Arrow keys turn or move them, plus and minus zoom.`;
}

function onSceneKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

const KEYS: Partial<Record<string, () => void>> = {
  v: () => {
    mode.value = "move";
  },
  b: () => {
    mode.value = "box";
  },
  l: () => {
    mode.value = "lasso";
  },
  i: () => (isolated.peek() ? showAll() : isolateMarked()),
  Escape: () => {
    mode.value = "move";
    clearMarks();
  },
};

/** Everything that the scene shows follows what it is made of. */
function useFollowing(size: { value: { width: number; height: number } }): void {
  const lastKey = useRef("");
  useSignalEffect(() => {
    const { width, height } = size.value;
    if (width > 0 && height > 0) stage.scene?.resize(width, height);
  });
  useSignalEffect(() => {
    appearance.value;
    stage.scene?.color(sceneColors());
  });
  useSignalEffect(() => {
    const now = arrangement.value;
    const places = now?.places ?? new Float32Array(0);
    const glide = now !== null && !(now.isMoving && now.key === lastKey.current);
    lastKey.current = now?.key ?? "";
    stage.scene?.show({ places, dims: now?.dims ?? 3, axes: now?.axes ?? ["", "", ""], glide });
  });
  useSignalEffect(() => {
    const count = (arrangement.value?.places.length ?? 0) / 3;
    stage.scene?.paint(lookOf(count));
  });
  useSignalEffect(() => {
    const rings = [...(picked.value >= 0 ? [picked.value] : []), ...ringedOf()].map(fromBase).filter((i) => i >= 0);
    const all = marked.value ?? new Int32Array(0);
    // Beside many pictures, names say little that the pictures do not.
    const most = pictures.value && showsPictures.value && !showsNames.value ? FEW_NAMED : MOST_NAMED;
    const marks = all.length <= most || showsNames.value ? all.subarray(0, MOST_NAMED).map(fromBase) : [];
    stage.scene?.mark({
      rings,
      pointed: pointed.value ? fromBase(pointed.value.index) : -1,
      labelled: marks,
      all: showsNames.value && !marked.value,
      textOf: data.value ? (index) => labelOf(toBase(index)) : null,
    });
  });
  useSignalEffect(() => stage.scene?.magnify(pointSize.value));
  useSignalEffect(() => {
    const wanted = camera.value;
    if (size.value.width === 0) return;
    if (wanted) stage.scene?.aim(wanted);
    else if (stage.scene && !stage.scene.isHome()) stage.scene.reset();
  });
  useSignalEffect(() => {
    if (stage.scene) stage.scene.mode = mode.value;
  });
  useSignalEffect(() => {
    const now = showsPictures.value ? pictures.value : null;
    const points = data.value?.points;
    sceneState.value;
    const { scene } = stage;
    if (!scene || !now || !points) {
      scene?.use(null);
      return;
    }
    const rows = points.rows ?? Int32Array.from({ length: points.count }, (_, i) => i);
    void cut(now, rows, scene.largestTexture).then((sheet) => {
      if (stage.scene === scene && pictures.peek() === now && data.peek()?.points === points && showsPictures.peek()) {
        scene.use(sheet);
      }
    });
  });
}

/** Points that were picked one by one have rings; those that were caught together are told by their colours. */
const MOST_RINGED = 40;
const ringedOf = (): number[] => {
  const now = caught.value;
  return now?.by === "points" && now.indices.length <= MOST_RINGED ? [...now.indices] : [];
};

const LARGER = 84;
const FAINT = 46;
const FULL = 235;

/** Colours and sizes: what is marked stands out, and the rest steps back. */
function lookOf(count: number): { colors: Uint8Array; scales: Uint8Array; front: Uint8Array | null } {
  const from = data.value?.from ?? null;
  const rgb = rgbOfAll(data.value ? coloring.value : { kind: "none" }, count, from, appearance.value);
  const now = marked.value;
  const colors = new Uint8Array(4 * count);
  const scales = new Uint8Array(count).fill(AS_ALL);
  const front = now ? new Uint8Array(count) : null;
  for (const index of now ?? []) {
    const at = fromBase(index);
    if (at < 0 || !front) continue;
    front[at] = 1;
    scales[at] = LARGER;
  }
  const nearest = near.value;
  if (picked.value >= 0 && nearest?.of === picked.value) scales[fromBase(picked.value)] = LARGER + 32;
  for (let i = 0; i < count; i++) {
    colors[4 * i] = rgb[3 * i] as number;
    colors[4 * i + 1] = rgb[3 * i + 1] as number;
    colors[4 * i + 2] = rgb[3 * i + 2] as number;
    colors[4 * i + 3] = !front || front[i] ? FULL : FAINT;
  }
  return { colors, scales, front };
}

function sceneColors(): SceneColors {
  const rgb = (variable: string): [number, number, number] => {
    const [r, g, b] = rgbOf(toHex(cssColor(variable)));
    return [r / 255, g / 255, b / 255];
  };
  return {
    text: cssColor("--text"),
    muted: cssColor("--text-muted"),
    background: cssColor("--proj-ground"),
    accent: cssColor("--accent"),
    accentSoft: cssColor("--accent-soft"),
    backgroundRgb: rgb("--proj-ground"),
    axisRgb: rgb("--proj-axis"),
  };
}
