/** Which runs have a tag. The runs of a sweep share one list of their tags, so most of this is done once for all. */

type Tags = readonly number[];

function bySet<T>(runs: readonly T[], tagsOf: (run: T) => Tags): Map<Tags, T[]> {
  const sets = new Map<Tags, T[]>();
  for (const run of runs) {
    const tags = tagsOf(run);
    const members = sets.get(tags);
    if (members) members.push(run);
    else sets.set(tags, [run]);
  }
  return sets;
}

/** For each of `count` tags the runs that have it, in their order; tags of the same runs have the same list. */
export function runsByTag<T>(count: number, runs: readonly T[], tagsOf: (run: T) => Tags): (readonly T[])[] {
  const sets = bySet(runs, tagsOf);
  const found: (readonly T[])[] = Array.from({ length: count }, () => []);
  const among = new Uint32Array(count);
  for (const [tags, members] of sets) {
    for (const tag of tags) {
      among[tag] = (among[tag] ?? 0) + 1;
      found[tag] = members;
    }
  }
  const mixed = new Map<number, T[]>();
  among.forEach((number, tag) => {
    if (number === sets.size) found[tag] = runs;
    else if (number > 1) mixed.set(tag, []);
  });
  if (mixed.size) for (const run of runs) for (const tag of tagsOf(run)) mixed.get(tag)?.push(run);
  for (const [tag, members] of mixed) found[tag] = members;
  return runs.length ? found : found.map(() => []);
}

/** How many runs have each of `count` tags. */
export function countByTag<T>(count: number, runs: readonly T[], tagsOf: (run: T) => Tags): Uint32Array {
  const counts = new Uint32Array(count);
  for (const [tags, members] of bySet(runs, tagsOf)) {
    for (const tag of tags) counts[tag] = (counts[tag] ?? 0) + members.length;
  }
  return counts;
}
