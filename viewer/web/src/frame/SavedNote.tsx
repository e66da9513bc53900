import type { JSX } from "preact";
import { formatCount } from "../format/numbers";
import { formatWallTime } from "../format/time";
import { missed } from "../saved/replay";
import { saved } from "../saved/saved";

/** In a saved page, instead of the reload button: as of when it is. */
export function SavedNote(): JSX.Element | null {
  if (!saved) return null;
  const { savedAt, leftOut } = saved;
  return (
    <span class="saved-note" data-testid="saved-note">
      {missed.value ? (
        <span class="saved-missed" role="status" data-testid="saved-missed">
          Not all of this is in the saved page
        </span>
      ) : null}
      {leftOut ? `${formatCount(leftOut)} parts left out · ` : ""}Saved {formatWallTime(savedAt)}
    </span>
  );
}
