import { describe, expect, it } from "vitest";
import { decodeGroups } from "../src/api/scalar_groups";
import { coloredGroups } from "../src/dashboards/scalars/grouping";
import { readKey } from "../src/dashboards/timeseries/items";
import { panelTitle, readPanel, writePanel } from "../src/dashboards/timeseries/panels";
import { moved, pinsCodec } from "../src/dashboards/timeseries/pins";
import { pagesCodec } from "../src/dashboards/timeseries/settings";
import type { ShownRun } from "../src/state/runs";

const run = (name: string, color: string): ShownRun => ({ name, color }) as ShownRun;

describe("groups of runs", () => {
  it("have the colour of their first run, and no two the same", () => {
    const [red, blue, green] = ["#ff0000", "#0000ff", "#00ff00"];
    const keyed = [
      { run: run("a", red), key: "x" },
      { run: run("b", blue), key: "x" },
      { run: run("c", red), key: "y" },
      { run: run("d", green), key: "z" },
      { run: run("e", green), key: null },
    ];
    const { groups, rest } = coloredGroups(keyed);
    expect(groups.map(({ key, color, runs }) => [key, color, runs.length])).toEqual([
      ["x", red, 2],
      ["y", blue, 1],
      ["z", green, 1],
    ]);
    expect(rest.map(({ name }) => name)).toEqual(["e"]);
  });

  it("do not take a colour that is like another group's", () => {
    const [blue, turned, orange] = ["#5064d2", "#6450c5", "#ff9100"];
    const keyed = [
      { run: run("a", blue), key: "x" },
      { run: run("b", orange), key: "x" },
      { run: run("c", turned), key: "y" },
      { run: run("d", turned), key: "z" },
    ];
    expect(coloredGroups(keyed).groups.map(({ color }) => color)).toEqual([blue, orange, turned]);
  });

  it("beyond the colours there are have dashes", () => {
    const keyed = ["1", "2", "3"].map((key) => ({ run: run(key, "#ff0000"), key }));
    expect(new Set(coloredGroups(keyed).groups.map(({ dash }) => dash.join())).size).toBe(3);
  });

  it("stand in the order of their numbers", () => {
    const keyed = ["lr=10", "lr=9", "lr=1e-3"].map((key) => ({ run: run(key, "#ff0000"), key }));
    expect(coloredGroups(keyed, true).groups.map(({ key }) => key)).toEqual(["lr=1e-3", "lr=9", "lr=10"]);
  });

  it("are read as the viewer sends them", () => {
    const header = new TextEncoder().encode('{"groups":[{"n":2,"runs":3}]}       ');
    const body = new Uint8Array(4 + 36 + 80);
    new DataView(body.buffer).setUint32(0, 36, true);
    body.set(header, 4);
    body.set(new Uint8Array(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).buffer), 40);
    const [group] = decodeGroups(body.buffer);
    expect(group?.runs).toBe(3);
    expect([...(group?.low ?? [])]).toEqual([5, 6]);
    expect([...(group?.count ?? [])]).toEqual([9, 10]);
    expect(() => decodeGroups(body.buffer.slice(0, 100))).toThrow(RangeError);
  });
});

describe("pins", () => {
  it("move within the list", () => {
    expect(moved(["a", "b", "c"], "c", -1)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b", "c"], "a", -1)).toEqual(["a", "b", "c"]);
    expect(moved(["a", "b", "c"], "x", 1)).toEqual(["a", "b", "c"]);
    expect(pinsCodec.read(["a", "a", "b"])).toEqual(["a", "b"]);
  });

  it("name cards of every kind", () => {
    expect(readKey("scalars:a:b")).toEqual({ kind: "scalars", tag: "a:b", run: undefined });
    expect(readKey("images:t\nrun")).toEqual({ kind: "images", tag: "t", run: "run" });
    for (const key of ["", "scalars", "nope:a", "scalars:a\nrun", "images:t"]) expect(readKey(key)).toBeNull();
  });

  it("hold panels as they were made", () => {
    const panel = { id: 3, name: 'A "b" <c>', tags: ["x", "y"], match: "^z" };
    expect(readPanel(writePanel(panel))).toEqual(panel);
    for (const key of ["panel:", "panel:{}", 'panel:["x"]', "panel:[1.5]", "panel:[1,2]", "scalars:x"]) {
      expect(readPanel(key)).toBeNull();
    }
    expect(panelTitle({ ...panel, name: "" })).toBe("x + y + /^z/");
  });
});

describe("pages of groups", () => {
  it("are counted from 1 in the address, and the first is left out", () => {
    expect(pagesCodec.write(new Map([["a:b", 2]]))).toEqual(["3:a:b"]);
    expect(pagesCodec.read(["3:a:b", "1:c", "x:d", "2:"])).toEqual(
      new Map([
        ["a:b", 2],
        ["", 1],
      ]),
    );
  });
});
