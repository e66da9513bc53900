/**
 * Noting every answer that a view needs.
 *
 * A page is saved by opening the same view once more in a hidden frame: what that asks for, from the first question to the
 * last, is what a saved page needs, and nothing of what was looked at before.
 */

import type { Transport } from "../api/client";

export interface Recording {
  answers: Map<string, { type: string; headers: Record<string, string>; body: ArrayBuffer }>;
  /** Questions under way. */
  pending: number;
}

declare global {
  interface Window {
    cellboardRecording?: Recording;
  }
}

/** On the frame's element: the page in it is to be recorded. */
export const RECORD_ATTRIBUTE = "data-record";

/** Headers that the page reads besides the type. */
const HEADERS = ["Cellboard-Image-Count"];

export const isRecording = ((): boolean => {
  try {
    return window.frameElement?.hasAttribute(RECORD_ATTRIBUTE) ?? false;
  } catch {
    return false;
  }
})();

/** `ask`, with what it is answered noted in `window.cellboardRecording`. */
export function recorded(ask: Transport): Transport {
  const recording: Recording = { answers: new Map(), pending: 0 };
  window.cellboardRecording = recording;
  return async (url, options) => {
    recording.pending += 1;
    try {
      const answer = await ask(url, options);
      if (!answer.ok) return answer;
      const body = await answer.clone().arrayBuffer();
      const headers = HEADERS.flatMap((name) => {
        const value = answer.headers.get(name);
        return value === null ? [] : [[name, value]];
      });
      const type = answer.headers.get("Content-Type") ?? "";
      recording.answers.set(url, { type, headers: Object.fromEntries(headers), body });
      return answer;
    } finally {
      recording.pending -= 1;
    }
  };
}
