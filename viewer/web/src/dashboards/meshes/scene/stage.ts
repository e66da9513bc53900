/**
 * The one WebGL context of the page, which draws for every card.
 *
 * Browsers allow a page some sixteen contexts and take away the oldest beyond that. So there is one canvas that is not on
 * the page; what is drawn there is copied to the card's own canvas at once. Nothing is drawn unless somebody asks, and what
 * is asked for several times before the next frame is drawn once.
 */

import { signal } from "@preact/signals";
import { LinearSRGBColorSpace, WebGLRenderer } from "three";

/** `none`: the browser offers no WebGL. `lost`: it took the context away, and may give it back. */
export type StageState = "ready" | "lost" | "none";

export interface Painter {
  /** Draw, and copy what was drawn. */
  paint(stage: Painting): void;
}

/** What a painter draws with. */
export interface Painting {
  renderer: WebGLRenderer;
  /** Make the canvas large enough, in its own pixels; what is drawn next is `width` × `height` from its lower left. */
  begin(width: number, height: number): void;
  /** Copy that to another canvas. */
  copy(context: CanvasRenderingContext2D, width: number, height: number): void;
}

class Stage {
  readonly state = signal<StageState>("ready");
  private readonly painters = new Set<Painter>();
  private readonly waiting = new Set<Painter>();
  private frame = 0;
  private renderer: WebGLRenderer | null = null;

  /** Paint before the next frame. */
  ask(painter: Painter): void {
    this.painters.add(painter);
    this.waiting.add(painter);
    if (this.frame || this.state.peek() === "lost") return;
    this.frame = requestAnimationFrame(() => this.work());
  }

  /** Paint at once; false if there is nothing to paint with. */
  now(paint: (painting: Painting) => void): boolean {
    const renderer = this.open();
    if (!renderer || this.state.peek() !== "ready") return false;
    paint({ renderer, begin: this.begin, copy: this.copy });
    return true;
  }

  leave(painter: Painter): void {
    this.painters.delete(painter);
    this.waiting.delete(painter);
    if (this.painters.size === 0) this.close();
  }

  /** Try again with a new context. */
  restart(): void {
    this.close();
    this.state.value = "ready";
    for (const painter of this.painters) this.ask(painter);
  }

  /** How many geometries the graphics memory holds. */
  held(): number {
    return this.renderer?.info.memory.geometries ?? 0;
  }

  /** How the context can be made to be lost, and be given back. */
  lose(): WEBGL_lose_context | null {
    return this.renderer?.getContext().getExtension("WEBGL_lose_context") ?? null;
  }

  private work(): void {
    this.frame = 0;
    this.now((painting) => {
      const painters = [...this.waiting];
      this.waiting.clear();
      for (const painter of painters) painter.paint(painting);
    });
  }

  private open(): WebGLRenderer | null {
    if (this.renderer) return this.renderer;
    const canvas = document.createElement("canvas");
    // Asked for here, since three.js would write to the console that there is none.
    const context = canvas.getContext("webgl2", { alpha: false, antialias: true, powerPreference: "low-power" });
    if (!context) {
      this.state.value = "none";
      return null;
    }
    canvas.addEventListener("webglcontextlost", this.onLost);
    canvas.addEventListener("webglcontextrestored", this.onRestored);
    const renderer = new WebGLRenderer({ canvas, context });
    // Colours are shown as they were logged; those of lit faces come out as TensorBoard's do.
    renderer.outputColorSpace = LinearSRGBColorSpace;
    renderer.setScissorTest(true);
    this.renderer = renderer;
    return renderer;
  }

  private readonly begin = (width: number, height: number): void => {
    const { renderer } = this;
    if (!renderer) return;
    const { domElement: canvas } = renderer;
    // It only grows: making it anew for each card would cost more than drawing.
    if (canvas.width < width || canvas.height < height) {
      renderer.setSize(Math.max(canvas.width, width), Math.max(canvas.height, height), false);
    }
    renderer.setViewport(0, 0, width, height);
    renderer.setScissor(0, 0, width, height);
  };

  private readonly copy = (context: CanvasRenderingContext2D, width: number, height: number): void => {
    const canvas = this.renderer?.domElement;
    if (canvas) context.drawImage(canvas, 0, canvas.height - height, width, height, 0, 0, width, height);
  };

  private readonly onLost = (event: Event): void => {
    event.preventDefault();
    this.state.value = "lost";
  };

  private readonly onRestored = (): void => {
    this.state.value = "ready";
    for (const painter of this.painters) this.ask(painter);
  };

  private close(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { renderer } = this;
    this.renderer = null;
    if (!renderer) return;
    renderer.domElement.removeEventListener("webglcontextlost", this.onLost);
    renderer.domElement.removeEventListener("webglcontextrestored", this.onRestored);
    renderer.dispose();
    renderer.forceContextLoss();
  }
}

export const stage = new Stage();
