/** Runs one job at a time, and of those asked for meanwhile only the latest. */

const RETRY_MS = 2000;

/**
 * Work that is asked for faster than it is done: a slider that is dragged, a log that grows each second. What is under way
 * is finished and shown, so the screen follows; what was asked for in between is left out.
 */
export class Latest<T> {
  private waiting: { job: T } | null = null;
  private running = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly run: (job: T) => Promise<void>) {}

  ask(job: T): void {
    clearTimeout(this.timer);
    this.waiting = { job };
    if (!this.running) void this.work();
  }

  /** Ask again for what has failed, unless something is asked for before. */
  retry(job: T): void {
    if (this.waiting || this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(job), RETRY_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.stopped = true;
    this.waiting = null;
  }

  private async work(): Promise<void> {
    this.running = true;
    while (this.waiting && !this.stopped) {
      const { job } = this.waiting;
      this.waiting = null;
      await this.run(job);
    }
    this.running = false;
  }
}
