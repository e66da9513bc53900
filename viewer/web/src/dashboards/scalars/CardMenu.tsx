import type { JSX } from "preact";
import { Icon } from "../../ui/Icon";
import { Menu } from "../../ui/Menu";
import { copyChartPng, saveChartPng, saveChartSvg } from "./save_chart";

interface Props {
  tag: string;
  openAxes(): void;
}

/** What can be done with one chart. */
export function CardMenu({ tag, openAxes }: Props): JSX.Element {
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
            { key: "copy", text: "Copy as PNG", testId: "copy-png", choose: () => void copyChartPng(tag) },
          ],
        },
      ]}
    >
      <Icon name="dots" />
    </Menu>
  );
}
