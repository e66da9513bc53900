/** One chart on the screen: makes its plot when there is something to draw, and tells the tooltip what is pointed at. */

import { signal } from "@preact/signals";
import type { Size } from "../../ui/use";
import { sayRestart } from "./chart/line";
import { drawnValue, type Hit, hitsAt } from "./chart/nearest";
import type { Painted } from "./chart/paint";
import { type Across, type Pointer, type Ranges, ScalarPlot, type Scene, type Zoom } from "./chart/plot";
import { hasPlace } from "./chart/scale";
import { drawnCharts } from "./drawn";
import { pin, pointed, unpin } from "./pointed";

/** So near to the mark of a restart it is pointed at. */
const NEAR_PX = 8;
const MOST_NOTES = 4;

export interface Note {
  text: string;
  /** The same in whole sentences. */
  words: string;
  /** Whether nothing is to be seen at all. */
  isAll: boolean;
}

interface Events {
  onZoom(zoom: Zoom): void;
  onReset(): void;
  /** The view is moved under the reader's hand; null: it rests again. */
  onSlide?(ranges: Ranges | null): void;
}

export class ChartView {
  /** Changes whenever the axes lie otherwise. */
  readonly placed = signal(0);
  private plot: ScalarPlot | undefined;
  private scene: Scene | undefined;
  private size: Size = { width: 0, height: 0 };
  private pointer: Pointer | null = null;
  /** The line that the keys move along. */
  private held: string | null = null;
  private closest: Hit | null = null;
  private total: Painted = { points: 0, marks: 0, masked: 0 };

  constructor(
    readonly tag: string,
    readonly title: string,
    private readonly events: Events,
  ) {}

  /** Draw the scene; gives the number of points on the canvas. */
  show(host: HTMLElement, scene: Scene, size: Size): number {
    if (this.plot && !this.plot.fits(scene)) this.close();
    this.scene = scene;
    if (!this.plot) {
      this.plot = new ScalarPlot(host, scene, size, {
        ...this.events,
        onPoint: (pointer) => this.point(pointer),
        onClick: () => this.pin(),
        onReset: () => {
          // The first of the two clicks has pinned it.
          unpin();
          this.events.onReset();
        },
        onPlace: () => {
          this.placed.value = this.placed.peek() + 1;
        },
      });
      this.placed.value = this.placed.peek() + 1;
    } else {
      const isResized = size.width !== this.size.width || size.height !== this.size.height;
      this.plot.update(scene, isResized ? size : undefined);
    }
    this.size = size;
    if (this.pointer) this.point(this.pointer, this.held);
    drawnCharts.set(this.tag, { title: this.title, scene, plot: this.plot, view: this });
    this.total = this.plot.total;
    return this.total.points;
  }

  /** What is not to be seen, and why; null if all is. */
  get note(): Note | null {
    const { plot } = this;
    if (!plot) return null;
    const { points, marks, masked } = this.total;
    if (masked > 0 && points + marks === 0) {
      return { text: "No positive values to show on a logarithmic axis", words: "", isAll: true };
    }
    const parts = [
      ...(masked > 0 ? [[`${masked} ≤ 0`, `${masked} points at or below 0 have no place on a logarithmic axis`]] : []),
      ...(plot.outside > 0 ? [[`${plot.outside} outside`, `${plot.outside} values lie outside of what is shown`]] : []),
    ];
    const [text, words] = [0, 1].map((at) => parts.map((part) => part[at]).join(" · "));
    return parts.length ? { text: text ?? "", words: words ?? "", isAll: false } : null;
  }

  /** Where the plot lies; null while nothing is drawn. */
  get across(): Across | null {
    return this.plot?.across ?? null;
  }

  /** The place of a point of any line so many points on from a place; infinite: the last or first of all. */
  pointFrom(at: number, by: number): number {
    const places = (this.scene?.lines ?? []).flatMap(({ x }) => [...x]);
    const beyond = [...new Set(places)]
      .filter((x) => (by < 0 ? x < at : x > at))
      .sort((a, b) => (by < 0 ? b - a : a - b));
    return beyond[Math.min(Math.abs(by), beyond.length) - 1] ?? at;
  }

  highlight(key: string | null): void {
    this.plot?.highlight(key);
  }

  /** Show other ranges for a moment, as another chart is moved that this one is linked to. */
  follow(x: Ranges["x"] | null): void {
    if (!this.plot) return;
    if (x) this.plot.slide({ x, y: this.plot.ranges.y });
    else this.plot.settle();
  }

  /** Keep the tooltip open where it is. */
  pin(): void {
    if (pointed.peek()?.tag === this.tag) pin();
  }

  /** Move along the points of one line. */
  step(by: number): void {
    const line = this.heldLine();
    if (!line || !this.plot || !this.scene) return;
    const { x: within } = this.plot.ranges;
    const { x, y } = line;
    const isSeen = (i: number): boolean =>
      hasPlace(this.scene?.xKind ?? "linear", x[i] as number) &&
      (x[i] as number) >= within[0] &&
      (x[i] as number) <= within[1];
    const isHere = this.closest?.line.key === line.key;
    let at = isHere ? (this.closest?.index ?? 0) + by : by > 0 ? 0 : x.length - 1;
    while (at >= 0 && at < x.length && !isSeen(at)) at += Math.sign(by);
    if (at < 0 || at >= x.length) return;
    this.point(this.plot.locate(x[at] as number, y[at] as number), line.key, at);
  }

  /** Go to the line above or below at the same place. */
  stepLine(by: number): void {
    if (!this.pointer || !this.scene) {
      this.step(1);
      return;
    }
    const hits = [...hitsAt(this.scene.lines, this.pointer.x)].sort((a, b) => drawnValue(b) - drawnValue(a));
    const at = hits.findIndex((hit) => hit.line.key === this.closest?.line.key);
    const next = hits[Math.max(0, Math.min(hits.length - 1, at + by))];
    if (next) this.point(this.plot?.locate(next.x, drawnValue(next)) ?? null, next.line.key);
  }

  leave(): void {
    this.point(null);
  }

  magnify(factor: number): void {
    this.plot?.magnify(factor, this.pointer?.x);
  }

  nudge(right: number, up: number): void {
    this.plot?.nudge(right, up);
  }

  close(): void {
    if (!this.plot) return;
    this.point(null);
    this.plot.destroy();
    this.plot = undefined;
    this.placed.value = this.placed.peek() + 1;
    // A chart may be on the page twice, as a pinned one is.
    if (drawnCharts.get(this.tag)?.view === this) drawnCharts.delete(this.tag);
  }

  private heldLine(): Scene["lines"][number] | undefined {
    const lines = this.scene?.lines ?? [];
    const key = this.held ?? this.closest?.line.key;
    return lines.find((line) => line.key === key) ?? lines.find((line) => line.x.length > 0);
  }

  /** What is to be said of restarts that are pointed at. */
  private notesAt({ x }: Pointer): string[] {
    const notes: string[] = [];
    const several = (this.scene?.lines.length ?? 0) > 1;
    for (const { label, restarts } of this.scene?.lines ?? []) {
      for (const { x: at, restart } of restarts) {
        if ((this.plot?.pixelsBetween(at, x) ?? Number.POSITIVE_INFINITY) > NEAR_PX) continue;
        notes.push(several ? `${label}: ${sayRestart(restart)}` : sayRestart(restart));
        if (notes.length >= MOST_NOTES) return notes;
      }
    }
    return notes;
  }

  private point(pointer: Pointer | null, key: string | null = null, index?: number): void {
    const wasHere = this.pointer !== null;
    const wasHeld = this.held !== null;
    this.pointer = pointer;
    this.held = key;
    if (!pointer || !this.plot || !this.scene) {
      this.closest = null;
      this.plot?.unmark();
      if (wasHeld) this.plot?.cross(null);
      if (wasHere && pointed.peek()?.tag === this.tag) pointed.value = null;
      return;
    }
    const hits = hitsAt(this.scene.lines, pointer.x, this.plot.scales.x.to);
    let closest = (key !== null && hits.find((hit) => hit.line.key === key)) || this.plot.closestTo(hits, pointer);
    if (closest && index !== undefined && index !== closest.index) {
      const { line } = closest;
      const other = { ...closest, index, x: line.x[index] as number, value: line.curve.value[index] as number };
      hits.splice(hits.indexOf(closest), 1, other);
      closest = other;
    }
    this.closest = closest;
    if (key !== null) this.plot.cross(pointer);
    this.plot.mark(hits, closest);
    const { clientX, clientY, plot } = pointer;
    const order = this.plot.distances(hits, pointer);
    pointed.value = {
      tag: this.tag,
      clientX,
      clientY,
      plot,
      hits,
      closest,
      distances: order,
      notes: this.notesAt(pointer),
    };
  }
}
