import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../src/dashboards/texts/markdown";

function html(text: string): string {
  const host = document.createElement("div");
  host.append(renderMarkdown(text));
  return host.innerHTML;
}

// The browser tests hold the same against a real parser; this one is quick and says which rule broke.
describe("renderMarkdown", () => {
  it("renders tables, code and lists", () => {
    expect(html("a\n\n**b** `c`\n\n- d")).toContain("<li>d</li>");
    expect(html("|a|b|\n|--|--:|\n|1|2|")).toContain('<td align="right">2</td>');
    expect(html("```\nx < y\n```")).toContain("x &lt; y");
  });

  it.each([
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](https://example.com/a.png)",
    "<style>*{display:none}</style>",
    '<a href="x" style="position:fixed" onclick="alert(1)">y</a>',
    '[a](https://x.y "t\\" onmouseover=alert(1)")',
  ])("makes nothing that runs or loads out of %s", (text) => {
    const host = document.createElement("div");
    host.append(renderMarkdown(text));
    expect(host.querySelector("script, img, svg, style, iframe, form, object")).toBeNull();
    for (const element of host.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^(on|style|id|class|src)/);
        expect(value).not.toMatch(/^\s*(javascript|data):/i);
      }
    }
  });

  it("opens links in a tab of their own", () => {
    const host = document.createElement("div");
    host.append(renderMarkdown("[x](https://example.com)"));
    const link = host.querySelector("a");
    expect([link?.target, link?.rel]).toEqual(["_blank", "noopener noreferrer nofollow"]);
  });
});
