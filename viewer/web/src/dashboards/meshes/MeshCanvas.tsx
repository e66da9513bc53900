import { type ReadonlySignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Mesh } from "../../api/meshes";
import { appearance } from "../../state/theme";
import { fullScreen } from "../../ui/full_screen";
import { useSize } from "../../ui/use";
import { drawnMeshes, keyOf } from "./drawn";
import { listenToGestures } from "./gestures";
import { PointReadout } from "./PointReadout";
import { counted } from "./remarks";
import type { Camera } from "./scene/camera";
import { MeshView } from "./scene/mesh_view";
import { axesShown, pointSize, surface } from "./settings";
import { type CardStance, type Seen, stanceOf, standing } from "./stances";
import { usePointed } from "./use_pointed";

interface Props {
  run: string;
  tag: string;
  step: number;
  mesh: Mesh;
  seen: Seen;
  stance: CardStance;
  /** Of the run. */
  color: string;
  /** Whether it is on the screen, or almost. */
  near: ReadonlySignal<boolean>;
}

/** One mesh in space, which pointer, fingers and keys turn. */
export function MeshCanvas({ run, tag, step, mesh, seen, stance, color, near }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<MeshView | null>(null);
  const size = useSize(box);
  const now = useRef({ seen, stance, camera: null as Camera | null });
  now.current = { ...now.current, seen, stance };
  const key = useMemo(() => keyOf(run, tag, mesh.item), [run, tag, mesh.item]);

  useLayoutEffect(() => {
    const [element, surfaceOfPage] = [box.current, canvas.current];
    if (!element || !surfaceOfPage) return;
    const made = new MeshView(surfaceOfPage);
    view.current = made;
    drawnMeshes.set(key, made);
    const stop = listenToGestures(element, {
      camera: () => now.current.camera,
      fov: () => now.current.seen.settings.fov,
      height: () => Math.max(1, size.peek().height),
      wheelAlone: () => fullScreen.peek()?.contains(element) ?? false,
      change: (camera) => {
        // Known at once: a second move may come before the page is drawn anew.
        now.current.camera = camera;
        now.current.stance.change(stanceOf(camera));
      },
      reset: () => now.current.stance.reset(),
    });
    return () => {
      stop();
      made.close();
      if (drawnMeshes.get(key) === made) drawnMeshes.delete(key);
      view.current = null;
    };
  }, [key]);

  const pointed = usePointed(box, view, stance.stance.value ?? mesh);
  const isNear = near.value;
  useLayoutEffect(() => {
    if (isNear) view.current?.show({ step, mesh, box: seen.box, settings: seen.settings });
    else view.current?.sleep();
  }, [key, mesh, seen, step, isNear]);
  useSignalEffect(() => {
    const chosen = { surface: surface.value, pointSize: pointSize.value, axes: axesShown.value, color };
    view.current?.choose(chosen, appearance.value);
  });
  const { width, height } = size.value;
  const looked = stance.stance.value;
  useLayoutEffect(() => {
    if (width <= 0 || height <= 0) return;
    const camera = standing(looked, seen, width / height);
    now.current.camera = camera;
    view.current?.look(camera, { width, height });
  }, [key, looked, seen, width, height]);

  return (
    <div
      ref={box}
      class="mesh-view"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys turn what is shown
      tabIndex={0}
      aria-label={`${words(mesh)} in space, of ${tag} of ${run} at step ${step}: arrow keys turn it, with Shift they move it, + and − zoom, 0 shows all of it`}
      data-testid="mesh-view"
      data-item={mesh.item}
    >
      <canvas ref={canvas} />
      <PointReadout mesh={mesh} spot={pointed.value} />
      {mesh.sent_points ? null : <p class="mesh-nothing">There is no point to draw.</p>}
    </div>
  );
}

/** `8 points`, `12 triangles`. */
const words = ({ points, triangles }: Mesh): string =>
  triangles ? `${counted(triangles, "triangle")}, ${counted(points, "point")}` : counted(points, "point");
