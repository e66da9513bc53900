/** One chart on the screen: makes its plot when there is something to draw, and tells the tooltip what is pointed at. */

import type { Size } from "../../ui/use";
import { hitsAt, sortHits } from "./chart/nearest";
import { type Pointer, ScalarPlot, type Scene, type Zoom } from "./chart/plot";
import { drawnCharts } from "./drawn";
import { pointed } from "./ScalarTooltip";

interface Events {
  onZoom(zoom: Zoom): void;
  onReset(): void;
}

export class ChartView {
  private plot: ScalarPlot | undefined;
  private scene: Scene | undefined;
  private size: Size = { width: 0, height: 0 };
  private pointer: Pointer | null = null;

  constructor(
    private readonly tag: string,
    private readonly events: Events,
  ) {}

  /** Draw the scene; gives the number of points on the canvas. */
  show(host: HTMLElement, scene: Scene, size: Size): number {
    if (this.plot && !this.plot.fits(scene)) this.close();
    this.scene = scene;
    if (!this.plot) {
      this.plot = new ScalarPlot(host, scene, size, { ...this.events, onPoint: (pointer) => this.point(pointer) });
    } else {
      if (size.width !== this.size.width || size.height !== this.size.height) this.plot.resize(size.width, size.height);
      this.plot.update(scene);
    }
    this.size = size;
    if (this.pointer) this.point(this.pointer);
    drawnCharts.set(this.tag, { scene, plot: this.plot });
    return [...this.plot.painted.values()].reduce((sum, painted) => sum + painted.points, 0);
  }

  /** Why nothing is to be seen, if that is so. */
  get note(): string | null {
    const painted = [...(this.plot?.painted.values() ?? [])];
    if (!painted.length || painted.some(({ points, marks }) => points + marks > 0)) return null;
    return painted.some(({ masked }) => masked > 0) ? "No positive values to show on a logarithmic axis" : null;
  }

  highlight(key: string | null): void {
    this.plot?.highlight(key);
  }

  close(): void {
    if (!this.plot) return;
    this.point(null);
    this.plot.destroy();
    this.plot = undefined;
    drawnCharts.delete(this.tag);
  }

  private point(pointer: Pointer | null): void {
    const wasHere = this.pointer !== null;
    this.pointer = pointer;
    if (!pointer || !this.plot || !this.scene) {
      if (wasHere) pointed.value = null;
      return;
    }
    const hits = sortHits(hitsAt(this.scene.lines, pointer.x));
    const closest = this.plot.closestTo(hits, pointer);
    this.plot.mark(hits, closest);
    const { clientX, clientY, plot } = pointer;
    pointed.value = { tag: this.tag, clientX, clientY, plot, hits, closest };
  }
}
