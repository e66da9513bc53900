import type { JSX } from "preact";
import { appearance } from "../../state/theme";
import { Icon } from "../../ui/Icon";
import { Menu } from "../../ui/Menu";
import { copyChartPng, saveChartPng, saveChartSvg } from "./save_chart";

interface Props {
  tag: string;
  openAxes(): void;
}

/** What can be done with one chart. */
export function CardMenu({ tag, openAxes }: Props): JSX.Element {
  const isDark = appearance.value === "dark";
  return (
    <Menu
      label="More"
      look="icon-button"
      testId="card-menu"
      sections={[
        { items: [{ key: "axes", text: "Axes…", icon: "chart", testId: "open-axes", choose: openAxes }] },
        {
          items: [
            { key: "svg", text: "Save as SVG", testId: "save-svg", choose: () => saveChartSvg(tag) },
            { key: "png", text: "Save as PNG", testId: "save-png", choose: () => void saveChartPng(tag) },
            ...(isDark
              ? [
                  {
                    key: "svg-light",
                    text: "Save as SVG, light",
                    testId: "save-svg-light",
                    choose: () => saveChartSvg(tag, "light"),
                  },
                  {
                    key: "png-light",
                    text: "Save as PNG, light",
                    testId: "save-png-light",
                    choose: () => void saveChartPng(tag, "light"),
                  },
                ]
              : []),
            { key: "copy", text: "Copy as PNG", testId: "copy-png", choose: () => void copyChartPng(tag) },
          ],
        },
      ]}
    >
      <Icon name="dots" />
    </Menu>
  );
}
