/** The answers that the current view needs, by opening it in a hidden frame. */

import { RECORD_ATTRIBUTE, type Recording } from "../saved/recorder";

const LOOK_EVERY_MS = 150;
/** How long nothing may change before the view counts as complete. */
const QUIET_MS = 1200;
const LONGEST_MS = 60_000;

export interface Recorded {
  recording: Recording;
  /** Whether all was there before the time was up. */
  isComplete: boolean;
}

/** Open the view `hash` and give what it asked for. `onCount` is told how many answers there are so far. */
export async function recordView(hash: string, onCount: (count: number) => void, stop: AbortSignal): Promise<Recorded> {
  const frame = document.createElement("iframe");
  frame.setAttribute(RECORD_ATTRIBUTE, "");
  frame.className = "recording-frame";
  frame.title = "A copy of this page, while it is saved";
  frame.tabIndex = -1;
  frame.inert = true;
  // The number makes it another page than this one, which a frame may not contain.
  frame.src = `./?copy=${Date.now()}${hash}`;
  document.body.append(frame);
  try {
    return await settled(frame, onCount, stop);
  } finally {
    frame.remove();
  }
}

async function settled(
  frame: HTMLIFrameElement,
  onCount: (count: number) => void,
  stop: AbortSignal,
): Promise<Recorded> {
  const begun = performance.now();
  let last = "";
  let since = begun;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    stop.throwIfAborted();
    const recording = frame.contentWindow?.cellboardRecording;
    const now = performance.now();
    const count = recording?.answers.size ?? 0;
    const isBusy = !recording || recording.pending > 0 || count < 2 || isWaiting(frame.contentDocument);
    const seen = `${count} ${isBusy}`;
    if (seen !== last) since = now;
    last = seen;
    onCount(count);
    const isComplete = !isBusy && now - since > QUIET_MS;
    if (recording && (isComplete || now - begun > LONGEST_MS)) return { recording, isComplete };
    if (now - begun > LONGEST_MS) throw new Error("The page could not be opened a second time");
  }
}

const isWaiting = (page: Document | null): boolean =>
  !page?.querySelector("main[data-tab]") || page.querySelector("main [aria-busy=true]") !== null;
