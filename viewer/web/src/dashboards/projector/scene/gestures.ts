/** What pointer, wheel, fingers and keys ask of the scene. */

export type Mode = "move" | "box" | "lasso";

export interface Place {
  x: number;
  y: number;
}

export interface GestureTarget {
  /** How a plain drag is meant just now. */
  mode(): Mode;
  is3d(): boolean;
  size(): { width: number; height: number };
  turn(dx: number, dy: number): void;
  move(dx: number, dy: number): void;
  /** Towards (below 1) or away from what is at a place. */
  zoom(factor: number, at: Place): void;
  reset(): void;
  /** The pointer is over a place, or gone. */
  point(at: Place | null): void;
  click(at: Place, add: boolean): void;
  /** While points are being caught: the corners of the box or the loop. */
  outline(shape: { kind: "box" | "lasso"; corners: readonly number[] } | null): void;
  catch(shape: { kind: "box" | "lasso"; corners: readonly number[] }, add: boolean): void;
}

const CLICK_PX = 4;
const KEY_TURN = 24;
const KEY_ZOOM = 1.2;

type Doing = "turn" | "move" | "box" | "lasso";

export class Gestures {
  private readonly listening = new AbortController();
  private readonly pressed = new Map<number, Place>();
  private doing: Doing = "turn";
  private start: Place = { x: 0, y: 0 };
  private corners: number[] = [];
  private moved = false;
  private add = false;
  private pinched = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly target: GestureTarget,
  ) {
    const { signal } = this.listening;
    host.addEventListener("pointerdown", this.down, { signal });
    host.addEventListener("pointermove", this.drag, { signal });
    host.addEventListener("pointerup", this.up, { signal });
    host.addEventListener("pointercancel", this.cancel, { signal });
    host.addEventListener("pointerleave", () => this.target.point(null), { signal });
    host.addEventListener("wheel", this.wheel, { signal, passive: false });
    host.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
    host.addEventListener("keydown", this.key, { signal });
  }

  close(): void {
    this.listening.abort();
  }

  private place(event: MouseEvent): Place {
    const box = this.host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private readonly down = (event: PointerEvent): void => {
    if (event.button === 1) return;
    const at = this.place(event);
    this.host.setPointerCapture(event.pointerId);
    this.pressed.set(event.pointerId, at);
    if (this.pressed.size === 2) {
      this.pinched = true;
      this.target.outline(null);
      return;
    }
    if (this.pressed.size > 2) return;
    this.pinched = false;
    this.moved = false;
    this.start = at;
    this.add = event.shiftKey;
    this.corners = [at.x, at.y];
    this.doing = this.meaning(event);
    this.target.point(null);
  };

  private meaning(event: PointerEvent): Doing {
    if (event.button === 2 || event.ctrlKey || event.metaKey) return "move";
    const mode = this.target.mode();
    if (mode !== "move") return mode;
    if (event.shiftKey) return "box";
    return this.target.is3d() ? "turn" : "move";
  }

  private readonly drag = (event: PointerEvent): void => {
    const at = this.place(event);
    const before = this.pressed.get(event.pointerId);
    if (!before) {
      if (!event.buttons) this.target.point(at);
      return;
    }
    if (this.pinched) {
      this.pinch(event.pointerId, at);
      return;
    }
    if (Math.hypot(at.x - this.start.x, at.y - this.start.y) > CLICK_PX) this.moved = true;
    if (!this.moved) return;
    const [dx, dy] = [at.x - before.x, at.y - before.y];
    this.pressed.set(event.pointerId, at);
    if (this.doing === "turn") this.target.turn(dx, dy);
    else if (this.doing === "move") this.target.move(dx, dy);
    else this.draw(at);
  };

  private draw(at: Place): void {
    if (this.doing === "box") this.corners = [this.start.x, this.start.y, at.x, at.y];
    else this.corners.push(at.x, at.y);
    this.target.outline({ kind: this.doing as "box" | "lasso", corners: this.corners });
  }

  /** Two fingers: what is between them stays between them. */
  private pinch(id: number, at: Place): void {
    const other = [...this.pressed].find(([key]) => key !== id)?.[1];
    const before = this.pressed.get(id);
    this.pressed.set(id, at);
    if (!other || !before || this.pressed.size !== 2) return;
    const [was, is] = [Math.hypot(before.x - other.x, before.y - other.y), Math.hypot(at.x - other.x, at.y - other.y)];
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    this.target.move((at.x - before.x) / 2, (at.y - before.y) / 2);
    if (was > 8 && is > 8) this.target.zoom(was / is, middle);
  }

  private readonly up = (event: PointerEvent): void => {
    if (!this.pressed.delete(event.pointerId) || this.pinched) return;
    const at = this.place(event);
    const isCatching = this.doing === "box" || this.doing === "lasso";
    this.target.outline(null);
    if (!this.moved) {
      if (event.button === 0) this.target.click(at, this.add);
    } else if (isCatching) {
      this.target.catch({ kind: this.doing as "box" | "lasso", corners: this.corners }, this.add);
    }
    if (event.pointerType === "mouse") this.target.point(at);
  };

  private readonly cancel = (event: PointerEvent): void => {
    this.pressed.delete(event.pointerId);
    this.target.outline(null);
  };

  private readonly wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 16;
    const speed = event.ctrlKey ? 0.01 : 0.0016;
    this.target.zoom(Math.exp(Math.max(-240, Math.min(240, event.deltaY * lines)) * speed), this.place(event));
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { width, height } = this.target.size();
    const middle = { x: width / 2, y: height / 2 };
    const by: Partial<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-KEY_TURN, 0],
      ArrowRight: [KEY_TURN, 0],
      ArrowUp: [0, -KEY_TURN],
      ArrowDown: [0, KEY_TURN],
    };
    const arrow = by[event.key];
    if (arrow) {
      if (event.shiftKey || !this.target.is3d()) this.target.move(-arrow[0], -arrow[1]);
      else this.target.turn(...arrow);
    } else if (event.key === "+" || event.key === "=") this.target.zoom(1 / KEY_ZOOM, middle);
    else if (event.key === "-") this.target.zoom(KEY_ZOOM, middle);
    else if (event.key === "0") this.target.reset();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}
