import { Signal } from "@lumino/signaling";
import { ApiError, type Asked, listViewers, type RunningViewer, startViewer, stopAllViewers, stopViewer } from "./api";

/** The viewers that run, as this page knows them. Everything that shows or changes them goes through `viewers`. */
export class ViewerList {
  /** Emitted when the list was read or changed. */
  readonly changed = new Signal<this, void>(this);
  private known: readonly RunningViewer[] = [];
  private asking: Promise<void> | null = null;

  get running(): readonly RunningViewer[] {
    return this.known;
  }

  /** Read the list anew; who asks meanwhile gets the same answer. Rejects with an `ApiError`. */
  async refresh(): Promise<readonly RunningViewer[]> {
    this.asking ??= this.read().finally(() => {
      this.asking = null;
    });
    await this.asking;
    return this.known;
  }

  async start(asked: Asked): Promise<RunningViewer> {
    const started = await startViewer(asked);
    this.take([...this.known.filter((viewer) => viewer.id !== started.id), started]);
    return started;
  }

  async stop(id: string): Promise<void> {
    try {
      await stopViewer(id);
    } catch (problem) {
      // One that has ended by itself is as good.
      if (!(problem instanceof ApiError && problem.status === 404)) {
        throw problem;
      }
    } finally {
      await this.refresh();
    }
  }

  async stopAll(): Promise<void> {
    try {
      await stopAllViewers();
    } finally {
      await this.refresh();
    }
  }

  /** The viewer of that id, or else the one that was started last of those that show `logdir`. */
  find(id: string, logdir: string): RunningViewer | undefined {
    return (
      this.known.find((viewer) => viewer.id === id) ??
      (logdir === "" ? undefined : this.known.filter((viewer) => viewer.logdir === logdir).at(-1))
    );
  }

  private async read(): Promise<void> {
    this.take(await listViewers());
  }

  private take(found: readonly RunningViewer[]): void {
    this.known = [...found].sort((one, other) => one.started - other.started);
    this.changed.emit();
  }
}

export const viewers = new ViewerList();
