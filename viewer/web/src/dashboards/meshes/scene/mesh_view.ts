/** One mesh on one canvas of the page: shown, looked at from somewhere, drawn when something of that has changed. */

import { Vector3 } from "three";
import type { Box, Mesh } from "../../../api/meshes";
import { cssColor, toHex } from "../../../draw/colors";
import type { Size } from "../../../ui/use";
import { type Surface, USUAL_POINT } from "../settings";
import type { Camera } from "./camera";
import { rawColor } from "./lights";
import { MeshScene } from "./mesh_scene";
import { nearestPoint, type Spot } from "./nearest";
import { type Painter, type Painting, stage } from "./stage";
import type { ViewSettings } from "./view_settings";

export interface Shown {
  step: number;
  mesh: Mesh;
  /** Around all that is shown beside it. */
  box: Box;
  settings: ViewSettings;
}

export interface Chosen {
  surface: Surface;
  /** In CSS pixels. */
  pointSize: number;
  axes: boolean;
  /** Of the run, `#rrggbb`. */
  color: string;
}

/** What was drawn last. */
export interface Drawn {
  step: number;
  triangles: number;
  points: number;
  lines: number;
  camera: Camera;
  size: Size;
  /** How often it was drawn. */
  times: number;
}

/** While it is moved, drawing is to take this long at most, if that can be had with this many points at least. */
const MOVING_MS = 40;
const LEAST_POINTS = 20_000;
/** Without a move for so long, it is at rest. */
const REST_MS = 160;

/** CSS pixels within which a point is pointed at. */
const REACH = 10;

const FONT = "600 11px system-ui, sans-serif";
const AXES = [
  { name: "x", color: "--axis-x" },
  { name: "y", color: "--axis-y" },
  { name: "z", color: "--axis-z" },
] as const;

export class MeshView implements Painter {
  drawn: Drawn | null = null;
  private scene: MeshScene | null = null;
  private shown: Shown | null = null;
  private chosen: Chosen | null = null;
  private camera: Camera | null = null;
  private size: Size = { width: 0, height: 0 };
  /** The pixels of the canvas to one of the page that sizes were chosen for; 0: nothing is chosen yet. */
  private dressedFor = 0;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private isMoving = false;
  /** Whether some points were left out, to be quick. */
  private isThinned = false;
  /** What drawing all of it took last. */
  private cost = 0;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  show(shown: Shown): void {
    if (shown.mesh !== this.shown?.mesh || shown.box !== this.shown.box) this.dropScene();
    this.shown = shown;
    stage.ask(this);
  }

  /** `theme` is not read: with another one, colours are. */
  choose(chosen: Chosen, _theme: string): void {
    this.chosen = chosen;
    this.dressedFor = 0;
    stage.ask(this);
  }

  look(camera: Camera, size: Size): void {
    this.isMoving = this.drawn !== null && camera !== this.camera;
    clearTimeout(this.resting);
    if (this.isMoving) this.resting = setTimeout(() => this.rest(), REST_MS);
    this.camera = camera;
    this.size = size;
    stage.ask(this);
  }

  /** Let go of what is held for drawing, until it is to be drawn again. */
  sleep(): void {
    this.dropScene();
    this.shown = null;
  }

  close(): void {
    clearTimeout(this.resting);
    this.dropScene();
    stage.leave(this);
  }

  paint(painting: Painting): void {
    const started = performance.now();
    const share = this.isMoving ? Math.min(1, MOVING_MS / this.cost) : 1;
    if (!this.paintOn(this.canvas, painting, devicePixelRatio || 1, share) || !this.camera) return;
    if (!this.isThinned) this.cost = performance.now() - started;
    const { triangles, points, lines } = painting.renderer.info.render;
    const times = (this.drawn?.times ?? 0) + 1;
    this.drawn = { step: this.shown?.step ?? 0, triangles, points, lines, camera: this.camera, size: this.size, times };
  }

  /** The point that is meant by a place on the canvas, in CSS pixels; null if there is none. */
  pointAt(at: { x: number; y: number }): Spot | null {
    if (!this.scene || !this.shown || !this.camera || this.size.height <= 0) return null;
    const eye = this.scene.eye(this.camera, this.size.width / this.size.height);
    return nearestPoint(this.shown.mesh.vertices, this.scene.toClip(eye), this.size, at, REACH);
  }

  /** What is seen, in so many pixels for each of the page; null if that cannot be drawn now. */
  picture(ratio: number): HTMLCanvasElement | null {
    const canvas = document.createElement("canvas");
    let isDrawn = false;
    stage.now((painting) => {
      isDrawn = this.paintOn(canvas, painting, ratio, 1);
    });
    return isDrawn ? canvas : null;
  }

  private paintOn(canvas: HTMLCanvasElement, painting: Painting, ratio: number, share: number): boolean {
    const { width, height } = this.size;
    const context = canvas.getContext("2d");
    if (!context || !this.shown || !this.chosen || !this.camera || width <= 0 || height <= 0) return false;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w) canvas.width = w;
    if (canvas.height !== h) canvas.height = h;
    this.scene ??= new MeshScene(this.shown.mesh, this.shown.box, this.shown.settings);
    if (this.dressedFor !== ratio) this.dress(this.scene, this.chosen, ratio);
    this.isThinned = this.scene.drawShare(share, LEAST_POINTS);
    const eye = this.scene.eye(this.camera, width / height);
    painting.begin(w, h);
    painting.renderer.setClearColor(rawColor(hexOf("--surface-sunken")));
    painting.renderer.render(this.scene.scene, eye);
    painting.copy(context, w, h);
    if (this.chosen.axes) this.label(context, this.scene, eye, ratio);
    return true;
  }

  private dress(scene: MeshScene, { surface, pointSize, axes, color }: Chosen, ratio: number): void {
    scene.dress({
      surface,
      axes,
      pointPixels: pointSize * ratio,
      pointFactor: pointSize / USUAL_POINT,
      color: Number.parseInt(color.slice(1), 16),
      gridColor: hexOf("--border-strong"),
      axisColors: [hexOf(AXES[0].color), hexOf(AXES[1].color), hexOf(AXES[2].color)],
    });
    this.dressedFor = ratio;
  }

  /** The names of the axes at their ends, on top of what was drawn. */
  private label(
    context: CanvasRenderingContext2D,
    scene: MeshScene,
    eye: ReturnType<MeshScene["eye"]>,
    ratio: number,
  ): void {
    context.save();
    context.scale(ratio, ratio);
    context.font = FONT;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 3;
    context.strokeStyle = cssColor("--surface-sunken");
    scene.axisEnds.forEach((end, i) => {
      const axis = AXES[i];
      const at = new Vector3(...end).multiplyScalar(1.06).project(eye);
      if (!axis || at.z < -1 || at.z > 1) return;
      const [x, y] = [((at.x + 1) / 2) * this.size.width, ((1 - at.y) / 2) * this.size.height];
      context.fillStyle = cssColor(axis.color);
      context.strokeText(axis.name, x, y);
      context.fillText(axis.name, x, y);
    });
    context.restore();
  }

  private rest(): void {
    this.isMoving = false;
    if (this.isThinned) stage.ask(this);
  }

  private dropScene(): void {
    this.scene?.dispose();
    this.scene = null;
    this.dressedFor = 0;
  }
}

const hexOf = (variable: string): number => Number.parseInt(toHex(cssColor(variable)).slice(1), 16);
