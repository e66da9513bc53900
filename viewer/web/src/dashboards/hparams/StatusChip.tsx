import type { JSX } from "preact";

const WORDS: Record<string, string> = {
  success: "done",
  failure: "failed",
  running: "running",
  unknown: "unknown",
  mixed: "mixed",
};

/** How a session ended, or that it has not. */
export function StatusChip({ status }: { status: string }): JSX.Element {
  return (
    <span class={`status-chip ${status in WORDS ? status : "unknown"}`} data-status={status}>
      {WORDS[status] ?? status}
    </span>
  );
}
