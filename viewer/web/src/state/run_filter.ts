/** The filter of the run list: what is typed in the language of `query/`, and which runs it lets through. */

import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { evaluate, type Subject } from "../query/evaluate";
import { parseQuery } from "../query/parse";
import { type Place, type Quantity, type Query, QueryError, termsOf } from "../query/query";
import type { Filter } from "../regex/filter";
import { Matcher } from "../regex/matcher";

/** From so many runs on, typing on is waited for before the list is drawn anew. */
const MANY_RUNS = 1000;
const PAUSE_MS = 120;

export interface RunFilter extends Filter {
  /** What it asks of the values of runs. */
  quantities: ReadonlySignal<readonly Quantity[]>;
}

type Parsed = { query: Query | null } | { mistake: QueryError };

function parse(text: string): Parsed {
  try {
    return { query: parseQuery(text) };
  } catch (error) {
    if (error instanceof QueryError) return { mistake: error };
    throw error;
  }
}

const quantitiesOf = (query: Query | null): Quantity[] =>
  query ? termsOf(query).flatMap((term) => (term.kind === "condition" ? [term.quantity] : [])) : [];

/** `valuesOf` is called while the filter looks what it depends on. */
export function createRunFilter(
  text: Signal<string>,
  names: ReadonlySignal<readonly string[]>,
  valuesOf: Subject["values"],
  matcher: Matcher = new Matcher(),
): RunFilter {
  const matched = signal<ReadonlySet<string> | null>(null);
  const mistake = signal<QueryError | null>(null);
  const parsed = computed(() => parse(text.value));
  const query = signal<Query | null>(null);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const matching = async (pattern: string, all: readonly string[], place: Place): Promise<Uint8Array | null> => {
    const result = await matcher.match(pattern, all);
    if (result && "error" in result) throw new QueryError(result.error, place);
    return result?.matched ?? null;
  };

  async function run(asked: Query, subject: Subject): Promise<void> {
    const mine = ++turn;
    try {
      const found = await evaluate(asked, subject);
      if (mine !== turn) return;
      mistake.value = null;
      if (found) matched.value = new Set(subject.names.filter((_, index) => found[index]));
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      if (mine === turn) mistake.value = error;
    }
  }

  effect(() => {
    const now = parsed.value;
    const all = names.value;
    clearTimeout(timer);
    if ("mistake" in now) {
      turn++;
      mistake.value = now.mistake;
      return;
    }
    query.value = now.query;
    const { query: asked } = now;
    if (!asked) {
      turn++;
      matched.value = null;
      mistake.value = null;
      return;
    }
    if (all.length === 0) return;
    const columns = new Map(quantitiesOf(asked).map((quantity) => [quantity, valuesOf(quantity)]));
    const whole: Place = [0, text.peek().length];
    const subject: Subject = {
      names: all,
      values: (quantity) => columns.get(quantity) ?? null,
      match: ({ pattern, place }) => matching(pattern, all, place),
      matchWord: (word) => matching(word, all, whole),
    };
    if (all.length < MANY_RUNS || matched.peek() === null) void run(asked, subject);
    else timer = setTimeout(() => void run(asked, subject), PAUSE_MS);
  });

  return {
    text,
    matched,
    error: computed(() => mistake.value?.message ?? null),
    place: computed(() => mistake.value?.place ?? null),
    quantities: computed(() => quantitiesOf(query.value)),
  };
}
