import type { JSX } from "preact";
import { loadingProgress, progressWords } from "./loading";

/** While the log is read for the first time: a line below the top bar that grows, and how much that is. */
export function LoadingBar(): JSX.Element | null {
  const progress = loadingProgress.value;
  if (!progress) return null;
  const { bytes_read, bytes_found } = progress;
  const words = progressWords(progress);
  return (
    <>
      <div
        class="loading-bar"
        role="progressbar"
        aria-label="Reading the log"
        aria-valuemin={0}
        aria-valuemax={bytes_found}
        aria-valuenow={Math.min(bytes_read, bytes_found)}
        aria-valuetext={words}
        data-testid="loading"
        style={{ "--read": `${(100 * Math.min(bytes_read, bytes_found)) / bytes_found}%` }}
      />
      <div class="loading-words" data-testid="loading-words">
        <span class="spinner" />
        Reading the log: {words}
      </div>
    </>
  );
}
