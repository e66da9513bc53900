/** Asks the viewer every second what is new; rests while the page is hidden, backs off while nobody answers. */

export interface PollOptions<T> {
  ask(signal: AbortSignal): Promise<T>;
  onAnswer(answer: T): void | Promise<void>;
  /** How long to rest after an answer; a second if not given. */
  periodAfter?(answer: T): number;
  /** After the `failures`-th failure in a row; the next try is in `waitMs`. */
  onFailure(error: unknown, failures: number, waitMs: number): void;
  isHidden(): boolean;
}

export const PERIOD_MS = 1000;
const TIMEOUT_MS = 15_000;
const LONGEST_WAIT_MS = 10_000;

/** How long to wait after so many failures in a row. */
export function backoff(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, PERIOD_MS * 2 ** Math.max(0, failures - 1));
}

export class Poller<T> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | undefined;
  private asked: Promise<void> = Promise.resolve();
  private failures = 0;
  private stopped = false;

  constructor(private readonly options: PollOptions<T>) {}

  /** Ask at once, unless an answer is being waited for, then go on by the clock; ends with the answer. */
  poke(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.stopped && !this.asking) this.asked = this.askOnce();
    return this.asked;
  }

  private async askOnce(): Promise<void> {
    const asking = new AbortController();
    this.asking = asking;
    const timeout = setTimeout(() => asking.abort(), TIMEOUT_MS);
    let wait = PERIOD_MS;
    try {
      const answer = await this.options.ask(asking.signal);
      this.failures = 0;
      wait = this.options.periodAfter?.(answer) ?? PERIOD_MS;
      await this.options.onAnswer(answer);
    } catch (error) {
      this.failures += 1;
      wait = backoff(this.failures);
      if (!this.stopped) this.options.onFailure(error, this.failures, wait);
    } finally {
      clearTimeout(timeout);
      this.asking = undefined;
    }
    if (!this.stopped && !this.options.isHidden()) this.timer = setTimeout(() => void this.poke(), wait);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.asking?.abort();
  }
}
