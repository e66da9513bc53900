import { expect, test } from "vitest";
import { hostTheme, withTheme } from "../src/theme";

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
});
