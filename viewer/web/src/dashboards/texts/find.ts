/** Words that are looked for in all texts: what was found, and where a person goes from there. */

import { computed, effect, signal } from "@preact/signals";
import { searchTexts, type TextMatch } from "../../api/text_search";
import { textCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";
import { runs, shownRuns } from "../../state/runs";
import { closedGroups, shownTag, tagGroups, tagPrefix, toggleGroup } from "../../state/tags";

export const findText = hashSignal("text-find", "", textCodec);

/** As they are looked for and marked. */
export const words = computed(() => findText.value.trim());

export interface Found {
  matches: readonly TextMatch[];
  searched: number;
  total: number;
  next: number | null;
}

export const found = signal<Found | null>(null);
export const isSearching = signal(false);
export const findError = signal<string | null>(null);

/** The text that was chosen; a card takes it up. */
export const target = signal<Pick<TextMatch, "run" | "tag" | "index"> | null>(null);

const WAIT_MS = 200;
/** More names than this are not sent: all is searched, and what is not shown is left out here. */
const MOST_NAMES = 300;

let asking = new AbortController();

/** Search while words are there; the function that is returned ends it. */
export function followWords(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    words.value;
    shownRuns.value;
    shownTags.value;
    clearTimeout(timer);
    asking.abort();
    if (!words.peek()) {
      found.value = null;
      findError.value = null;
      isSearching.value = false;
      return;
    }
    isSearching.value = true;
    timer = setTimeout(() => void search(null), WAIT_MS);
  });
  return () => {
    clearTimeout(timer);
    asking.abort();
    stop();
  };
}

const shownTags = computed(() => tagGroups("texts").value.flatMap(({ cards }) => cards.map(({ tag }) => tag)));

/** Search from the beginning, or on from where the search before has ended. */
export async function search(before: Found | null): Promise<void> {
  asking.abort();
  const mine = new AbortController();
  asking = mine;
  isSearching.value = true;
  const [run, tag] = [shownRuns.peek().map(({ name }) => name), shownTags.peek()];
  const all = run.length === runs.peek().length;
  const query = {
    q: words.peek(),
    run: all || run.length > MOST_NAMES ? [] : run,
    tag: tag.length > MOST_NAMES ? [] : tag,
    skip: before?.next ?? 0,
  };
  try {
    const answer = run.length && tag.length ? await searchTexts(query, mine.signal) : NOTHING;
    if (mine.signal.aborted) return;
    const [runSet, tagSet] = [new Set(run), new Set(tag)];
    const matches = answer.matches.filter((match) => runSet.has(match.run) && tagSet.has(match.tag));
    found.value = { ...answer, matches: [...(before?.matches ?? []), ...matches] };
    findError.value = null;
  } catch (reason) {
    if (mine.signal.aborted) return;
    findError.value = reason instanceof Error ? reason.message : String(reason);
  }
  isSearching.value = false;
}

const NOTHING = { matches: [], searched: 0, total: 0, next: null };

/** Show a text in its card. */
export function goTo({ run, tag, index }: TextMatch): void {
  const prefix = tagPrefix(shownTag("texts", tag));
  if (closedGroups.peek().has(`texts:${prefix}`)) toggleGroup("texts", prefix);
  target.value = { run, tag, index };
}
