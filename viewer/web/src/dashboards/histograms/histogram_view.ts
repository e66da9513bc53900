/** One histogram card on the screen: a canvas for the histograms, one above it for what is pointed at. */

import type { XAxis } from "../../api/client";
import { prepare } from "../../draw/canvas";
import { cssColor, toHex } from "../../draw/colors";
import { pointedBin } from "./HistogramTooltip";
import { type HistogramData, type Layout, layOut, spotAt } from "./layout";
import { type Colors, paintHistograms, paintSpot } from "./paint";
import type { Mode } from "./settings";

export class HistogramView {
  private readonly canvas = document.createElement("canvas");
  private readonly overlay = document.createElement("canvas");
  private data: HistogramData | undefined;
  private layout: Layout | undefined;
  private colors: Colors | undefined;
  private size = { width: 0, height: 0 };
  private pointer: { x: number; y: number; clientX: number; clientY: number } | null = null;

  constructor(
    host: HTMLElement,
    private readonly tag: string,
    private readonly run: string,
  ) {
    this.overlay.className = "chart-overlay";
    host.append(this.canvas, this.overlay);
    this.canvas.addEventListener("pointermove", (event) => {
      const { clientX, clientY, offsetX, offsetY } = event;
      this.pointer = { x: offsetX, y: offsetY, clientX, clientY };
      this.point();
    });
    this.canvas.addEventListener("pointerleave", () => {
      this.pointer = null;
      this.point();
    });
  }

  show(data: HistogramData, mode: Mode, axis: XAxis, color: string, size: { width: number; height: number }): void {
    const surface = prepare(this.canvas, size.width, size.height);
    if (!surface) return;
    this.data = data;
    this.size = size;
    this.layout = layOut(data, mode, axis, size);
    this.colors = {
      run: color,
      background: toHex(cssColor("--surface")),
      text: cssColor("--axis-text"),
      grid: cssColor("--grid"),
      strong: cssColor("--text"),
    };
    paintHistograms(surface, data, this.layout, axis, this.colors);
    if (this.pointer) this.point();
  }

  get mode(): Mode | undefined {
    return this.layout?.mode;
  }

  close(): void {
    if (this.pointer) pointedBin.value = null;
    this.canvas.remove();
    this.overlay.remove();
  }

  private point(): void {
    const surface = prepare(this.overlay, this.size.width, this.size.height);
    const { data, layout, colors, pointer } = this;
    const spot = data && layout && pointer ? spotAt(data, layout, pointer.x, pointer.y) : null;
    if (!surface || !data || !layout || !colors || !pointer || !spot) {
      pointedBin.value = null;
      return;
    }
    paintSpot(surface, data, layout, spot, colors);
    const { index } = spot.ridge;
    pointedBin.value = {
      tag: this.tag,
      run: this.run,
      clientX: pointer.clientX,
      clientY: pointer.clientY,
      step: data.steps[index] ?? 0,
      wallTime: data.wallTimes[index] ?? Number.NaN,
      from: data.edges[spot.bin] ?? 0,
      to: data.edges[spot.bin + 1] ?? 0,
      count: data.counts[index]?.[spot.bin] ?? 0,
      total: data.totals[index] ?? 0,
    };
  }
}
