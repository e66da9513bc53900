/** Series: blocks that repeat under numbered names, such as the layers of a transformer, are drawn as one. */

import { addItem, type Growing, join } from "./tree";

/** Blocks that are at least folded into one. */
const LEAST_SCOPES = 3;
const LEAST_OPS = 5;

interface Member {
  item: number;
  number: number;
}

/** Adds an item for every series, between its members and what these were in. Constants are folded onto others. */
export function seriesOf(growing: Growing, structure: number[], constants: ReadonlySet<number>): void {
  const last = growing.path.length;
  for (let item = growing.ops; item < last; item++) {
    if ((growing.children[item]?.length ?? 0) >= LEAST_SCOPES) foldIn(growing, item, structure, constants);
  }
}

function foldIn(growing: Growing, parent: number, structure: number[], constants: ReadonlySet<number>): void {
  const families = new Map<string, Member[]>();
  for (const item of growing.children[parent] ?? []) {
    const parts = numbered(growing.name[item] ?? "");
    if (!parts || growing.kind[item] === "function" || constants.has(item)) continue;
    const key = JSON.stringify([parts.before, parts.after, structure[item]]);
    const family = families.get(key);
    if (family) family.push({ item, number: parts.number });
    else families.set(key, [{ item, number: parts.number }]);
  }
  const homes = new Map<number, number>();
  for (const family of families.values()) {
    for (const members of stretches(family)) {
      const least = (members[0]?.item ?? 0) < growing.ops ? LEAST_OPS : LEAST_SCOPES;
      if (members.length >= least) fold(growing, parent, members, structure, homes);
    }
  }
  if (!homes.size) return;
  const children = (growing.children[parent] ?? []).map((child) => homes.get(child) ?? child);
  growing.children[parent] = [...new Set(children)];
}

function fold(
  growing: Growing,
  parent: number,
  members: readonly Member[],
  structure: number[],
  homes: Map<number, number>,
): void {
  const [first] = members;
  const last = members[members.length - 1];
  if (!first || !last) return;
  const parts = numbered(growing.name[first.item] ?? "");
  const wanted = `${parts?.before ?? ""}${first.number}…${last.number}${parts?.after ?? ""}`;
  let name = wanted;
  for (let count = 2; growing.items.has(join(growing.path[parent] ?? "", name)); count++) name = `${wanted} (${count})`;
  const item = addItem(growing, join(growing.path[parent] ?? "", name), name, "series", parent);
  structure.push(-1);
  for (const member of members) {
    growing.children[item]?.push(member.item);
    growing.parent[member.item] = item;
    homes.set(member.item, item);
  }
}

/** Those whose numbers follow each other. */
function stretches(family: readonly Member[]): Member[][] {
  const found: Member[][] = [];
  for (const member of [...family].sort((a, b) => a.number - b.number)) {
    const current = found[found.length - 1];
    const before = current?.[current.length - 1];
    if (current && before && member.number === before.number + 1) current.push(member);
    else if (!before || member.number !== before.number) found.push([member]);
  }
  return found;
}

/** `layer_3`, `Linear[3]`, `block3`: what stands around the last number of a name. */
export function numbered(name: string): { before: string; number: number; after: string } | null {
  const found = /^(.*?)(\d{1,9})([^\d]*)$/.exec(name.slice(-200));
  if (!found || name.length > 200) return null;
  const [, before = "", digits = "", after = ""] = found;
  if (digits.length > 1 && digits.startsWith("0")) return null;
  return { before, number: Number(digits), after };
}
