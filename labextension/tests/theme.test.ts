import { expect, test } from "vitest";
import { hostTheme, inHostTheme, withoutTheme, withTheme } from "../src/theme";

test.each([
  ["", "#theme=dark"],
  ["#images&smoothing=0.6", "#images&smoothing=0.6&theme=dark"],
  ["#theme=light&runs=a%26b", "#runs=a%26b&theme=dark"],
])("the theme joins the state %j", (hash, expected) => {
  expect(withTheme(hash, "dark")).toBe(expected);
});

test("Jupyter's theme is read from the page", () => {
  expect(hostTheme()).toBeNull();
  document.body.dataset.jpThemeLight = "false";
  expect(hostTheme()).toBe("dark");
  document.body.dataset.jpThemeLight = "true";
  expect(hostTheme()).toBe("light");
  delete document.body.dataset.jpThemeLight;
});

test.each([
  ["", ""],
  ["#theme=dark", ""],
  ["#images&theme=dark&x=1", "#images&x=1"],
])("%j without a theme is %j", (hash, without) => {
  expect(withoutTheme(hash)).toBe(without);
});

test("an address gets Jupyter's theme where Jupyter says it", () => {
  expect(inHostTheme("http://x/v/a/#images")).toBe("http://x/v/a/#images");
  document.body.dataset.jpThemeLight = "false";
  expect(inHostTheme("http://x/v/a/#images")).toBe("http://x/v/a/#images&theme=dark");
  expect(inHostTheme("http://x/v/a/")).toBe("http://x/v/a/#theme=dark");
  delete document.body.dataset.jpThemeLight;
});
