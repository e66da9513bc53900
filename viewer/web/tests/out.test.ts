import { expect, test } from "vitest";
import type { Runs } from "../src/api/types";
import { savedPage } from "../src/out/saved_page";
import { exportAddress, formatIndices } from "../src/out/selection";
import { missed, replay } from "../src/saved/replay";
import type { SavedAnswer } from "../src/saved/saved";

const log = {
  names: "abc",
  runs: Array.from({ length: 60 }, (_, index) => ({ name: `run ${index}` })),
  tags: { scalars: ["loss", "a&b"] },
} as unknown as Runs;
const some = (count: number): Set<string> => new Set(log.runs.slice(0, count).map((run) => run.name));
const wanted = { tags: new Set(["loss", "a&b"]), format: "csv", shown: "last" } as const;

test("positions are written as ranges", () => {
  expect(formatIndices([0, 1, 2, 5, 7, 8])).toBe("0-2,5,7-8");
  expect(formatIndices([])).toBe("");
});

test("all are not named, few by name, many by position", () => {
  expect(exportAddress(log, { ...wanted, runs: some(60) })).toBe("api/v1/export?format=csv");
  expect(exportAddress(log, { ...wanted, runs: some(1), tags: new Set(["a&b"]) })).toBe(
    "api/v1/export?format=csv&run=run+0&tag=a%26b",
  );
  expect(exportAddress(log, { ...wanted, runs: some(50) })).toBe("api/v1/export?format=csv&run_index=0-49&names=abc");
  expect(exportAddress(log, { ...wanted, runs: some(0) })).toBe("api/v1/export?format=csv&run_index=&names=abc");
  expect(exportAddress(log, { ...wanted, runs: some(60), format: "latex", shown: "points" })).toContain("value=points");
});

const answer = (url: string, body: string): SavedAnswer => ({
  url,
  type: "text/plain",
  headers: { "Cellboard-Image-Count": "3" },
  body: btoa(body),
});
const said = async (answers: SavedAnswer[], url: string): Promise<string> => {
  const response = await replay(answers)(url, {});
  return response.ok ? response.text() : `${response.status}`;
};

test("a saved answer is given again, headers and all", async () => {
  const response = await replay([answer("api/v1/image?run=a&tag=x&index=3", "picture")])(
    "api/v1/image?run=a&tag=x&index=3",
    {},
  );
  expect(await response.text()).toBe("picture");
  expect(response.headers.get("Cellboard-Image-Count")).toBe("3");
});

test("another width, axis or zoom is served by what was saved, anything else is not", async () => {
  const kept = [
    answer("api/v1/scalars?tag=loss&width=704&x=step&from=1&to=2", "zoomed"),
    answer("api/v1/scalars?tag=loss&width=704&x=step", "whole"),
  ];
  expect(await said(kept, "api/v1/scalars?tag=loss&width=320&x=relative")).toBe("whole");
  expect(await said(kept, "api/v1/scalars?tag=loss&width=320&x=step&from=5&to=9")).toBe("whole");
  expect(await said(kept, "api/v1/scalars?tag=loss&width=704&x=step&from=1&to=2")).toBe("zoomed");
  missed.value = false;
  expect(await said(kept, "api/v1/scalars?tag=loss&width=704&x=step&smoothing=0.5")).toBe("404");
  expect(await said(kept, "api/v1/scalars?tag=other&width=704&x=step")).toBe("404");
  expect(await said(kept, "api/v1/scalars?tag=loss&width=704&x=tag&x_tag=epoch")).toBe("404");
  expect(missed.value).toBe(true);
});

test("an answer for many runs serves each of them, and what is asked of all gets what there is", async () => {
  const kept = [
    answer("api/v1/scalars?tag=loss&run=a", "a"),
    answer("api/v1/scalars?tag=loss&run=a&run=b&run=c", "abc"),
    answer("api/v1/texts?run=a&tag=note", "text of a"),
  ];
  expect(await said(kept, "api/v1/scalars?tag=loss&run=b")).toBe("abc");
  expect(await said(kept, "api/v1/scalars?tag=loss")).toBe("abc");
  expect(await said(kept, "api/v1/scalars?tag=loss&run=d")).toBe("404");
  expect(await said(kept, "api/v1/texts?run=b&tag=note")).toBe("404");
});

test("nothing in a saved page ends the element that it stands in", () => {
  const evil = "</script><script>window.pwned=1</script><!--";
  const page = { savedAt: 0, hash: `#tags=${evil}`, tab: "scalars", answers: [answer(evil, "")], leftOut: 0 };
  const html = savedPage({
    title: `${evil}"`,
    page,
    script: `const a = "${evil}", b = /<\\/script>/u, c = \`<!--\`;`,
    style: "a::after { content: '</style><script>' }",
    nonce: "n0nce",
  });
  expect(html.match(/<\/script/g)).toHaveLength(2);
  expect(html.match(/<\/style/g)).toHaveLength(1);
  expect(html).not.toContain("<!--");
  const parsed = new DOMParser().parseFromString(html, "text/html");
  expect(JSON.parse(parsed.getElementById("cellboard-saved")?.textContent ?? "")).toEqual(page);
  expect(html).toContain("script-src 'nonce-n0nce'");
  expect(html).not.toContain("unsafe-eval");
});
