/** Runs one job at a time, and of those asked for meanwhile only the latest. */

/**
 * Work that is asked for faster than it is done: a slider that is dragged, a log that grows each second. What is under way
 * is finished and shown, so the screen follows; what was asked for in between is left out.
 */
export class Latest<T> {
  private waiting: { job: T } | null = null;
  private running = false;
  private stopped = false;

  constructor(private readonly run: (job: T) => Promise<void>) {}

  ask(job: T): void {
    this.waiting = { job };
    if (!this.running) void this.work();
  }

  stop(): void {
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
