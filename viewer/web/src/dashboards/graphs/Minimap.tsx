import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { prepare } from "../../draw/canvas";
import { IconButton } from "../../ui/IconButton";
import { mapOpen } from "./settings";
import { index, palette } from "./state";
import { shownView, viewDrawn } from "./view_state";

const MOST_WIDTH = 180;
const MOST_HEIGHT = 140;
const LEAST_SIDE = 24;

/** How large the map is for a scene. */
function mapSize(width: number, height: number): { width: number; height: number; scale: number } {
  const scale = Math.min(MOST_WIDTH / Math.max(1, width), MOST_HEIGHT / Math.max(1, height));
  return {
    width: Math.max(LEAST_SIDE, Math.round(width * scale)),
    height: Math.max(LEAST_SIDE, Math.round(height * scale)),
    scale,
  };
}

/** The whole graph, small, with what is seen of it: that can be dragged. */
export function Minimap(): JSX.Element | null {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    viewDrawn.value;
    const [view, known, colors] = [shownView.value, index.value, palette.value];
    if (!mapOpen.value || !canvas.current || !view || !known || !colors) return;
    const { width, height, scale } = mapSize(known.scene.width, known.scene.height);
    const surface = prepare(canvas.current, width, height);
    if (!surface) return;
    const { context } = surface;
    if (view.overview) {
      context.imageSmoothingQuality = "high";
      context.drawImage(view.overview, 0, 0, known.scene.width * scale, known.scene.height * scale);
    }
    const { x, y, width: seenWidth, height: seenHeight } = view.seen;
    const [left, top] = [Math.max(0, x * scale), Math.max(0, y * scale)];
    const right = Math.min(width, (x + seenWidth) * scale);
    const bottom = Math.min(height, (y + seenHeight) * scale);
    context.strokeStyle = colors.look.accent;
    context.fillStyle = `${colors.look.accent}22`;
    context.lineWidth = 1.5;
    context.beginPath();
    context.rect(left + 0.75, top + 0.75, Math.max(3, right - left - 1.5), Math.max(3, bottom - top - 1.5));
    context.fill();
    context.stroke();
  });
  const known = index.value;
  if (!known || !mapOpen.value) return null;
  const { width, height, scale } = mapSize(known.scene.width, known.scene.height);
  /** What is pointed at comes into the middle. */
  const look = (event: PointerEvent): void => {
    const view = shownView.peek();
    const box = canvas.current?.getBoundingClientRect();
    if (!view || !box) return;
    const { width: seenWidth, height: seenHeight } = view.seen;
    const x = (event.clientX - box.left) / scale - seenWidth / 2;
    const y = (event.clientY - box.top) / scale - seenHeight / 2;
    view.look({ x, y, zoom: view.camera.zoom }, false);
  };
  return (
    <div class="graph-map" data-testid="graph-map">
      <canvas
        ref={canvas}
        role="img"
        aria-label="Map of the whole graph"
        style={{ width: `${width}px`, height: `${height}px` }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          look(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons & 1) look(event);
        }}
      />
      <IconButton
        icon="close"
        label="Hide the map"
        class="graph-map-close"
        onClick={() => {
          mapOpen.value = false;
        }}
      />
    </div>
  );
}
