import { describe, expect, it } from "vitest";
import { resolveAxis, rulesCodec } from "../src/dashboards/scalars/axis_rules";
import { readTyped } from "../src/dashboards/scalars/BoundField";
import { xTicks, yTicks } from "../src/dashboards/scalars/chart/axes";
import { applyBounds, bulkOf, padRange, symlogThreshold } from "../src/dashboards/scalars/chart/extent";
import { magnified, shifted } from "../src/dashboards/scalars/chart/gestures";
import { type Line, makeLine } from "../src/dashboards/scalars/chart/line";
import { nearestIndex } from "../src/dashboards/scalars/chart/nearest";
import { Raster } from "../src/dashboards/scalars/chart/raster";
import { makeScale } from "../src/dashboards/scalars/chart/scale";
import { chartSvg } from "../src/dashboards/scalars/chart/svg";
import { makeTransform } from "../src/dashboards/scalars/chart/transform";
import { foldNames } from "../src/dashboards/scalars/fold_names";
import { tooltipText } from "../src/dashboards/scalars/tooltip_text";
import { askedFor } from "../src/dashboards/scalars/view_range";

const BOX = { left: 0, top: 0, width: 300, height: 200 };
const [LINEAR, LOG] = [makeScale("linear"), makeScale("log")];

function line(run: string, x: number[], y: number[], color = "#112233"): Line {
  const curve = {
    run,
    total: x.length,
    start: 0,
    step: Float64Array.from(x),
    wallTime: Float64Array.from(x),
    value: Float64Array.from(y),
    smoothed: null,
    x: null,
    unplaced: 0,
    restarts: [],
    superseded: null,
    last: null,
  };
  return makeLine(curve, "step", { color, dash: [] });
}

describe("scales", () => {
  it("space values below 1 by their logarithm, and leave out zero and below", () => {
    const { y } = makeTransform(BOX, [0, 1], [1e-4, 1], LINEAR, LOG);
    expect([1, 0.1, 0.01, 1e-3, 1e-4].map((value) => Math.round(y(value)))).toEqual([0, 50, 100, 150, 200]);
    expect(y(0)).toBeNaN();
    expect(y(-1)).toBeNaN();
    expect(y(Number.NaN)).toBeNaN();
  });

  it("give zero and negative values a place on symlog, and are undone by their inverse", () => {
    const scale = makeScale("symlog", 0.01);
    const { y } = makeTransform(BOX, [0, 1], [-100, 100], LINEAR, scale);
    expect(y(0)).toBe(100);
    expect(y(-100)).toBe(200);
    expect(y(1) - y(10)).toBeCloseTo(y(10) - y(100), 1);
    for (const value of [-1e5, -3, 0, 1e-5, 7, 1e8]) expect(scale.from(scale.to(value))).toBeCloseTo(value, 3);
  });

  it("take a power of ten below most values for almost zero", () => {
    expect(symlogThreshold([Float64Array.of(-5, 0, 20, 3000, Number.NaN)])).toBe(1);
    expect(symlogThreshold([Float64Array.of(0, 0)])).toBe(1);
    expect(symlogThreshold([Float64Array.of(1e-30, 1e6)])).toBeGreaterThan(1e-5);
  });

  it("move and magnify evenly as it is seen", () => {
    expect(shifted([1, 100], LOG, 0.5)).toEqual([10, 1000]);
    expect(magnified([1, 100], LOG, 2, 0.5).map((end) => Math.round(end * 1e6) / 1e6)).toEqual([0.1, 1000]);
    expect(magnified([0, 10], LINEAR, 0.5, 0)).toEqual([0, 5]);
  });
});

describe("ticks", () => {
  it("of log are powers, with 2 and 5 where there is room, and even ones within a decade", () => {
    expect(yTicks(LOG, [1e-5, 10], 4).labels).toEqual(["1e−4", "0.01", "1"]);
    expect(yTicks(LOG, [0.5, 20], 8).splits).toEqual([0.5, 1, 2, 5, 10, 20]);
    expect(yTicks(LOG, [2, 4], 4).labels).toEqual(["2.0", "2.5", "3.0", "3.5", "4.0"]);
  });

  it("of symlog are zero and powers on both sides", () => {
    const { splits, labels } = yTicks(makeScale("symlog", 1), [-2000, 2000], 9);
    expect(splits).toContain(0);
    expect(splits).toContain(1000);
    expect(splits).toContain(-1000);
    expect([...splits].sort((a, b) => a - b)).toEqual(splits);
    expect(labels[splits.indexOf(-1000)]).toBe("−1000");
  });

  it("of steps are whole, of durations are said as such", () => {
    expect(xTicks("step", LOG, [1, 1000], 6).splits.every(Number.isInteger)).toBe(true);
    expect(xTicks("step", makeScale("symlog"), [0, 1000], 6).labels).toContain("100");
    expect(xTicks("relative", LOG, [1, 1000], 4).labels).toContain("10s");
  });
});

describe("bounds", () => {
  it("hold where they have a place and leave something between them", () => {
    expect(applyBounds([3, 9], [0, null], LINEAR)).toEqual([0, 9]);
    expect(applyBounds([3, 9], [4, 5], LINEAR)).toEqual([4, 5]);
    expect(applyBounds([3, 9], [5, 4], LINEAR)).toEqual([3, 9]);
    expect(applyBounds([3, 9], [0, null], LOG)).toEqual([3, 9]);
    const [low, high] = applyBounds([3, 9], [20, null], LINEAR);
    expect(low).toBe(20);
    expect(high).toBeGreaterThan(20);
  });

  it("of a chart go before those of a pattern, and these before those of all", () => {
    const said = ["y,log,0.1,:all:", "y,,0,5:match:loss$", "y,,auto,7:tag:train/loss", "step,log,,:all:"];
    const rules = rulesCodec.read(said) ?? [];
    expect(rulesCodec.write(rules)).toEqual(said);
    const of = (tag: string) => resolveAxis(rules, "y", tag, (_, name) => name.endsWith("loss"));
    expect(of("train/loss")).toEqual({ kind: "log", bounds: [null, 7] });
    expect(of("val/loss")).toEqual({ kind: "log", bounds: [0, 5] });
    expect(of("lr")).toEqual({ kind: "log", bounds: [0.1, null] });
    expect(resolveAxis(rules, "relative", "lr", () => false).kind).toBe("linear");
  });

  it("keep commas and colons in tags, and leave out what makes no sense", () => {
    const rules = rulesCodec.read(["y,,1,2:tag:a:b,c", "y,,x,2:tag:a", "y,cubic,,:all:", "y:tag", "y,,1,2:some:a", ""]);
    expect(rules).toEqual([{ axis: "y", scope: "tag", name: "a:b,c", scale: null, min: 1, max: 2 }]);
  });

  it("are typed as numbers, as auto, or as times", () => {
    expect(["", " auto ", "1e-3", "−2", "abc"].map((text) => readTyped(text, false))).toEqual([
      null,
      "auto",
      0.001,
      -2,
      undefined,
    ]);
    expect(readTyped("2025-01-31 14:30", true)).toBe(new Date(2025, 0, 31, 14, 30).getTime() / 1000);
  });

  it("ask the viewer for a part with its sides", () => {
    expect(askedFor(null, [5, null], "linear", 400, 3)).toEqual({ from: 5, to: undefined, width: 448 });
    expect(askedFor({ x: [10, 20], y: null }, [null, null], "linear", 448, 3)).toEqual({ from: 5, to: 25, width: 896 });
    expect(askedFor({ x: [10, 20], y: null }, [null, null], "linear", 448, 900)).toEqual({
      from: 10,
      to: 20,
      width: 448,
    });
  });
});

describe("outliers", () => {
  it("do not stretch the axis, unless there is nothing else", () => {
    const x = Array.from({ length: 100 }, (_, i) => i);
    const spiky = line(
      "a",
      x,
      x.map((i) => (i === 50 ? 1e9 : i)),
    );
    const [low, high] = bulkOf([spiky], [0, 99], "linear") ?? [0, 0];
    expect(low).toBeGreaterThan(2);
    expect(high).toBeLessThan(99);
    expect(bulkOf([line("b", [0, 1], [3, 3])], [0, 1], "linear")).toBeNull();
    expect(padRange([2, 2], LOG)).toEqual([1, 4]);
  });
});

describe("the raster", () => {
  const drawn = (raster: Raster, x: number, y: number): number => (raster.pixels[y * raster.width + x] as number) >>> 0;
  const ink = { color: "#102030", width: 1.5, dash: [], alpha: 1 };

  it("draws flat and steep lines at full strength along their middle, in the colour of the run", () => {
    const raster = new Raster(40, 40);
    raster.line(Float32Array.of(0, 40), Float32Array.of(10.5, 10.5), 2, ink, false);
    raster.line(Float32Array.of(20.5, 20.5), Float32Array.of(0, 40), 2, ink, false);
    expect(drawn(raster, 5, 10)).toBe(0xff302010);
    expect(drawn(raster, 20, 30)).toBe(0xff302010);
    expect(drawn(raster, 5, 20)).toBe(0);
    expect(drawn(raster, 5, 9) >>> 24).toBeGreaterThan(40);
    expect(drawn(raster, 5, 9) >>> 24).toBeLessThan(90);
  });

  it("loses no peak of a line with many points a column, and breaks at NaN and where x goes back", () => {
    const raster = new Raster(20, 100);
    const x = Float32Array.from({ length: 2000 }, (_, i) => i / 100);
    const y = Float32Array.from(x, (_, i) => (i === 777 ? 3 : 80));
    raster.line(x, y, 2000, ink, false);
    expect(drawn(raster, 7, 4)).toBe(0xff302010);
    expect(drawn(raster, 9, 40)).toBe(0);
    const apart = new Raster(20, 100);
    apart.line(Float32Array.of(2, 8, 2, 8), Float32Array.of(10.5, 10.5, 90.5, 90.5), 4, ink, true);
    expect(drawn(apart, 5, 10)).toBe(0xff302010);
    expect(drawn(apart, 5, 90)).toBe(0xff302010);
    expect(drawn(apart, 5, 50)).toBe(0);
    const broken = new Raster(20, 100);
    broken.line(Float32Array.of(0, 5, Number.NaN, 10, 15), Float32Array.of(50.5, 50.5, 50.5, 50.5, 50.5), 5, ink, true);
    expect(drawn(broken, 3, 50)).toBe(0xff302010);
    expect(drawn(broken, 7, 50)).toBe(0);
  });

  it("stays within its pixels whatever is drawn", () => {
    const raster = new Raster(10, 10);
    raster.line(Float32Array.of(-1e6, 5, 1e6), Float32Array.of(-1e6, 1e7, -1e7), 3, ink, false);
    raster.line(Float32Array.of(-1e6, 5, 1e6), Float32Array.of(-1e6, 1e7, -1e7), 3, ink, true);
    expect(raster.pixels).toHaveLength(100);
  });
});

describe("the pointer on a logarithmic axis", () => {
  it("means the point that is nearest on the screen", () => {
    const x = Float64Array.of(1, 10, 1000);
    expect(nearestIndex(x, 200)).toBe(1);
    expect(nearestIndex(x, 200, LOG.to)).toBe(2);
  });
});

describe("names in the tooltip", () => {
  it("are folded by the parts they share", () => {
    expect(foldNames(["exp/lr=0.1/seed=1", "exp/lr=0.01/seed=1"])).toEqual({
      prefix: "exp/lr=",
      suffix: "/seed=1",
      rests: ["0.1", "0.01"],
    });
    expect(foldNames(["run1", "run2"]).prefix).toBe("");
    expect(foldNames(["experiment/a", "experiment/a/b"]).rests.every(Boolean)).toBe(true);
    expect(foldNames(["only"]).rests).toEqual(["only"]);
  });

  it("are copied as text that no spreadsheet runs", () => {
    const hit = {
      line: line("=cmd|' /C calc'!A0\t", [3], [0.125]),
      index: 0,
      x: 3,
      value: 0.125,
      smoothed: Number.NaN,
    };
    const [head, row] = tooltipText([hit]).split("\n");
    expect(head).toBe("run\tvalue\tstep\ttime\trelative");
    expect(row?.split("\t").slice(0, 3)).toEqual(["'=cmd|' /C calc'!A0 ", "0.125", "3"]);
  });
});

describe("a chart as SVG", () => {
  const scene = (lines: Line[]) => ({
    title: "</svg><script>",
    scene: {
      lines,
      axis: "step" as const,
      xKind: "linear" as const,
      yKind: "linear" as const,
      bounds: { x: [null, null], y: [null, null] } as const,
      ignoreOutliers: false,
      zoom: null,
    },
    ranges: { x: [0, 4] as const, y: [0, 4] as const },
    scales: { x: LINEAR, y: LINEAR },
    size: { width: 400, height: 200 },
  });

  it("holds axes, lines, lone points, marks and a legend, and no name is anything but text", () => {
    const { NaN: NAN, POSITIVE_INFINITY: INF } = Number;
    const lines = [line("</script><a>", [0, 1, 2, 3, 4], [1, 2, NAN, 3, INF]), line("b", [0, 1], [1, 1], "#abcdef")];
    const { svg, width, height } = chartSvg(scene(lines));
    expect(svg).not.toMatch(/<script|<\/script|<a>/);
    const root = new DOMParser().parseFromString(svg, "application/xml").documentElement;
    expect([root.getAttribute("width"), root.getAttribute("height")]).toEqual([String(width), String(height)]);
    const texts = [...root.querySelectorAll("text")].map((text) => text.textContent);
    expect(texts).toEqual(expect.arrayContaining(["</svg><script>", "</script><a>", "b", "0", "4"]));
    const paths = [...root.querySelectorAll("g path")].map((path) => path.getAttribute("d"));
    expect(paths[0]).toBe("M56 182L156 132");
    expect(root.querySelectorAll("g circle")).toHaveLength(1);
    // The line, its cross and its triangle, the other line.
    expect(paths).toHaveLength(4);
  });
});
