/** How far the first reading of the log is. */

import { computed } from "@preact/signals";
import type { Progress } from "../api/types";
import { formatBytes, formatCount } from "../format/numbers";
import { status } from "../state/log";

/** Null once the log is loaded: a later look at it is not worth a word. */
export const loadingProgress = computed<Progress | null>(() => {
  const said = status.value;
  return said?.state === "loading" && said.progress?.bytes_found ? said.progress : null;
});

/** `12 of 96 MB, 3 of 34 files`. */
export function progressWords({ bytes_read, bytes_found, files_read, files_found }: Progress): string {
  const files = files_found === 1 ? "1 file" : `${formatCount(files_found)} files`;
  return `${formatBytes(bytes_read)} of ${formatBytes(bytes_found)}, ${formatCount(files_read)} of ${files}`;
}
