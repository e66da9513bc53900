import type { JSX } from "preact";
import { formatCount } from "../../format/numbers";
import { runByName } from "../../state/runs";
import { shownTag } from "../../state/tags";
import { RunLabel } from "../../ui/RunLabel";
import { findError, found, goTo, isSearching, search } from "./find";

/** The texts that hold the words, each with what stands around them; a click goes there. */
export function FoundList({ onGo }: { onGo(): void }): JSX.Element {
  const { matches, searched, total, next } = found.value ?? { matches: [], searched: 0, total: 0, next: null };
  return (
    <div class="popover found" data-testid="text-found" data-busy={isSearching.value ? "" : undefined}>
      <p class="found-head" role="status">
        {headline(matches.length, next !== null)}
      </p>
      {matches.map((match) => {
        const run = runByName.value.get(match.run);
        return (
          <button
            type="button"
            class="found-item"
            key={`${match.run}\n${match.tag}\n${match.index}`}
            data-testid="text-match"
            data-run={match.run}
            data-step={match.step}
            onClick={() => {
              goTo(match);
              onGo();
            }}
          >
            <span class="found-where">
              {run ? <RunLabel run={run} /> : null}
              <span class="found-tag">{shownTag("texts", match.tag)}</span>
              <span class="found-step">step {formatCount(match.step)}</span>
            </span>
            <span class="found-words">
              {match.before}
              <mark>{match.match}</mark>
              {match.after}
              {match.count > 1 ? <span class="count"> {formatCount(match.count)} places</span> : null}
            </span>
          </button>
        );
      })}
      {next !== null ? (
        <button
          type="button"
          class="button found-more"
          data-testid="find-more"
          onClick={() => void search(found.value)}
        >
          Search on ({formatCount(searched)} of {formatCount(total)} texts done)
        </button>
      ) : null}
    </div>
  );
}

function headline(count: number, more: boolean): string {
  if (findError.value) return findError.value;
  if (isSearching.value && count === 0) return "Searching…";
  if (count === 0) return "No text of the runs and tags that are shown has these words";
  const texts = count === 1 ? "1 text" : `${formatCount(count)} texts`;
  return more ? `${texts} so far` : texts;
}
