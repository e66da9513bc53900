import { expect, test } from "vitest";
import { customAxes } from "../src/projector/axes";
import { nearestOf } from "../src/projector/distances";
import { decodePicture, decodePoints } from "../src/projector/load";
import { normalise } from "../src/projector/normalise";
import { uniform } from "../src/projector/random";
import { readFiles } from "../src/projector/tsv_files";
import { linesOf, readPoints } from "../src/projector/tsv_text";
import type { AxisEnd, Points } from "../src/projector/types";

function pointsOf(rows: readonly (readonly number[])[]): Points {
  const dims = rows[0]?.length ?? 0;
  return { values: Float32Array.from(rows.flat()), count: rows.length, total: rows.length, dims, rows: null };
}

/** As the viewer sends it. */
function answer(header: Record<string, unknown>, rows: number[] | null, numbers: number[]): ArrayBuffer {
  let text = JSON.stringify({ ...header, rows: rows !== null });
  text += " ".repeat((8 - ((text.length + 4) % 8)) % 8);
  const body = new ArrayBuffer(4 + text.length + 4 * ((rows?.length ?? 0) + numbers.length));
  new DataView(body).setUint32(0, text.length, true);
  new Uint8Array(body).set(new TextEncoder().encode(text), 4);
  if (rows) new Int32Array(body, 4 + text.length, rows.length).set(rows);
  new Float32Array(body, 4 + text.length + 4 * (rows?.length ?? 0)).set(numbers);
  return body;
}

test("points come with what was left out", () => {
  const header = { count: 2, total: 9, dims: 2, not_finite: 1 };
  const { points, notes } = decodePoints(answer(header, [0, 8], [1, 2, 3, 4]));
  expect([...points.values]).toEqual([1, 2, 3, 4]);
  expect([...(points.rows as Int32Array)]).toEqual([0, 8]);
  expect(notes).toEqual(["An even sample of 2 of 9 points", "1 point left out, with numbers that are NaN or infinite"]);
  const whole = decodePoints(answer({ count: 1, total: 1, dims: 1, not_finite: 0 }, null, [5]));
  expect([whole.points.rows, whole.notes]).toEqual([null, []]);
  const picture = decodePicture(answer({ ...header, shares: [0.5, "NaN", 0] }, null, [1, 2, 3, 4, 5, 6]));
  expect([picture.shares, [...picture.coords]]).toEqual([
    [0.5, Number.NaN, 0],
    [1, 2, 3, 4, 5, 6],
  ]);
});

test("nearest points, by angle and by distance", () => {
  const points = pointsOf([
    [1, 0],
    [10, 1],
    [0.9, 0.2],
    [-1, 0],
    [0, 0],
    [0.9, 0.2],
  ]);
  const far = nearestOf(points, 0, 3, "euclidean");
  expect([...far.index]).toEqual([2, 5, 4]);
  expect(far.distance[2]).toBe(1);
  const turned = nearestOf(points, 0, 99, "cosine");
  expect([...turned.index]).toEqual([1, 2, 5, 4, 3]);
  expect([turned.distance[3], turned.distance[4]]).toEqual([1, 2]);
  expect(nearestOf(pointsOf([[1]]), 0, 5, "cosine").index.length).toBe(0);
  expect(nearestOf(points, 0, 0, "cosine").index.length).toBe(0);
});

test("nearest of very many are those that sorting gives", () => {
  const random = uniform(2);
  const values = Float32Array.from({ length: 3000 }, () => Math.round(random() * 200));
  const { index } = nearestOf({ values, count: 3000, dims: 1 }, 17, 50, "euclidean");
  const order = Array.from(values.keys())
    .filter((at) => at !== 17)
    .sort((a, b) => {
      const apart = (at: number): number => Math.abs((values[at] as number) - (values[17] as number));
      return apart(a) - apart(b) || a - b;
    });
  expect([...index]).toEqual(order.slice(0, 50));
});

test("normalised points lie around the origin, and on a sphere", () => {
  const points = pointsOf([
    [1, 5],
    [3, 5],
    [2, 8],
  ]);
  expect(normalise(points, { centre: false, unit: false })).toBe(points);
  const { values } = normalise(points, { centre: true, unit: false });
  expect([...values]).toEqual([-1, -1, 1, -1, 0, 2]);
  const unit = normalise(points, { centre: true, unit: true }).values;
  expect(unit[0]).toBeCloseTo(-Math.SQRT1_2, 6);
  expect([...unit.subarray(4)]).toEqual([0, 1]);
  expect([...points.values]).toEqual([1, 5, 3, 5, 2, 8]);
  expect([...normalise(pointsOf([[0, 0]]), { centre: false, unit: true }).values]).toEqual([0, 0]);
});

const end = (text: string, more: Partial<AxisEnd> = {}): AxisEnd => ({ text, isRegex: false, column: 0, ...more });

test("axes lead from some points to others", async () => {
  const points = pointsOf([
    [-3, 0],
    [-1, 0],
    [4, 0],
    [0, 6],
  ]);
  const table = {
    names: ["word", "kind"],
    columns: [
      ["cold", "Cool", "hot", "high"],
      ["a", "a", "b", "c"],
    ],
    numeric: [false, false],
  };
  const ends = { left: end("co"), right: end("hot"), up: end("c", { column: 1 }), down: end("") };
  const result = await customAxes(points, table, ends);
  if ("error" in result) throw new Error(result.error);
  expect(result.matched).toEqual([2, 1, 1, 4]);
  // From −2 to 4: halfway is 1.
  const x = [...result.coords].filter((_, at) => at % 2 === 0);
  expect(x).toEqual([-4, -2, 3, -1]);
  // From the middle of all, (0, 1.5), up to (0, 6).
  expect([...result.coords].filter((_, at) => at % 2 === 1)).toEqual([-3.75, -3.75, -3.75, 2.25]);
  const words = async (left: AxisEnd): Promise<unknown> => customAxes(points, table, { ...ends, left });
  expect(await words(end("nothing"))).toEqual({ error: "Left: nothing matches “nothing”" });
  expect(await words(end("(", { isRegex: true }))).toMatchObject({
    error: expect.stringContaining("Not a regular expression"),
  });
  expect(await words(end("a", { column: 9 }))).toMatchObject({ error: expect.stringContaining("no labels") });
  const none = { left: end(""), right: end(""), up: end(""), down: end("") };
  const flat = await customAxes(points, null, none);
  expect("coords" in flat && [...flat.coords]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

test("files of points, with labels that have names or none", async () => {
  const vectors = "1\t2\r\n3\t4\n\n5\t6e1";
  const plain = await readFiles(vectors, "a\nb\nc\n");
  expect([...plain.points.values]).toEqual([1, 2, 3, 4, 5, 60]);
  expect([plain.points.count, plain.points.dims, plain.points.rows]).toEqual([3, 2, null]);
  expect(plain.table).toEqual({ names: ["label"], columns: [["a", "b", "c"]], numeric: [false] });
  expect(plain.notes).toEqual([]);
  const named = await readFiles(vectors, "word\na\nb\nc\n");
  expect([named.table?.names, named.table?.columns]).toEqual([["word"], [["a", "b", "c"]]]);
  const wide = await readFiles(vectors, "word\tsize\na\t1\nb\t\nc\t3.5");
  expect(wide.table?.names).toEqual(["word", "size"]);
  expect(wide.table?.numeric).toEqual([false, true]);
  const bare = await readFiles(vectors, "a\t1\nb\t2\nc\t3");
  expect([bare.table?.names, bare.table?.columns[1]]).toEqual([
    ["column 1", "column 2"],
    ["1", "2", "3"],
  ]);
  const short = await readFiles(vectors, "a");
  expect([short.table?.columns, short.notes]).toEqual([[["a", "", ""]], ["There are labels for 1 of 3 points"]]);
  expect((await readFiles(vectors, null)).table).toBeNull();
  const long = await readFiles(vectors, "a\nb\nc\nd\ne");
  expect([long.table?.columns, long.notes]).toEqual([
    [["a", "b", "c"]],
    ["There are more labels than points; the last ones are left out"],
  ]);
});

test("points that are not finite are left out, with their labels", async () => {
  const loaded = await readFiles("1\nNaN\n-inf\n4\n", "a\nb\nc\nd");
  expect([...loaded.points.values]).toEqual([1, 4]);
  expect([...(loaded.points.rows as Int32Array)]).toEqual([0, 3]);
  expect(loaded.table?.columns).toEqual([["a", "d"]]);
  expect(loaded.notes).toEqual(["2 points left out, with numbers that are NaN or infinite"]);
});

test.each([
  ["1\t2\n3\tx\n", "The points: line 2, column 2: “x” is no number"],
  ["1\t2\n\n3\n", "The points: line 3 has 1 numbers where the first one has 2"],
  ["1\t\n", "The points: line 1, column 2: “” is no number"],
  ["\n\n", "The points: there are no points in it"],
])("what is wrong with a file is said with its place: %j", async (vectors, words) => {
  await expect(readFiles(vectors, null)).rejects.toThrow(words);
});

test("a file that is no text is none", async () => {
  await expect(readFiles(new Blob([Uint8Array.of(0x31, 0xff, 0xfe)]), null)).rejects.toThrow("no text in UTF-8");
});

test("of too many points an even sample is read", async () => {
  const text = Array.from({ length: 1001 }, (_, row) => `${row}\t${-row}`).join("\n");
  const sample = await readPoints(() => linesOf(text), 11);
  expect([...(sample.rows as Int32Array)]).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
  expect(sample.values[3]).toBe(-100);
  expect([sample.total, sample.count]).toEqual([1001, 11]);
  expect((await readPoints(() => linesOf(text), 1000, 20)).count).toBe(10);
});

test("a line with very many returns in its midst is read as soon as any other", async () => {
  const name = `a${"\r".repeat(300_000)}b`;
  expect(await linesOf(`${name}\r\r\nc\r`).next()).toEqual([name, "c"]);
});
