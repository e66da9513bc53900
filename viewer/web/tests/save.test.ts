import { describe, expect, it } from "vitest";
import { escapeXml, fileName, SvgBuilder } from "../src/draw/save";

const HOSTILE = `</text></svg><script>alert(1)</script>"' onload='x' & \u0000\u001b \ud800 \ufffe`;

describe("SVG", () => {
  it("shows hostile names as text, and stays well-formed XML", () => {
    const svg = new SvgBuilder(100, 50, "#fff");
    svg.text(1, 2, HOSTILE, { fill: HOSTILE });
    svg.path("M0 0L1 1", { stroke: HOSTILE });
    svg.clipped(0, 0, 10, 10, () => svg.circle(1, 2.34567, 3, { fill: "red" }));
    const text = svg.toString();
    expect(text).not.toMatch(/<script|<\/script/);
    expect(text).toContain('cy="2.35"');
    const parsed = new DOMParser().parseFromString(text, "application/xml");
    expect(parsed.querySelector("parsererror")).toBeNull();
    expect([...parsed.documentElement.children].map((child) => child.tagName)).toEqual([
      "rect",
      "text",
      "path",
      "clipPath",
      "g",
    ]);
    expect(parsed.querySelector("text")?.textContent).toContain("<script>alert(1)</script>");
  });

  it("keeps letters of all languages, and replaces what XML cannot hold", () => {
    expect(escapeXml("é ∞ 学习 😀")).toBe("é ∞ 学习 😀");
    expect(escapeXml("a\u0000b\ud800c")).toBe("a\ufffdb\ufffdc");
  });
});

describe("file names", () => {
  it("hold nothing that a file system refuses", () => {
    expect(fileName("svg", "train/loss", "lr=0.1")).toBe("train-loss-lr=0.1.svg");
    expect(fileName("png", "../../etc/passwd")).toBe("etc-passwd.png");
    expect(fileName("png", "///")).toBe("cellboard.png");
    expect(fileName("svg", "x".repeat(500))).toHaveLength(124);
  });
});
