import type { JSX } from "preact";
import { Icon } from "../../ui/Icon";
import { Menu } from "../../ui/Menu";
import { canDraw, saveDrawing, savePicture, saveTable } from "./saving";

/** The projection as a file. */
export function SaveScene(): JSX.Element {
  return (
    <Menu
      label="Save the projection"
      look="icon-button"
      testId="proj-save"
      sections={[
        {
          title: "Coordinates",
          items: [
            { key: "csv", text: "Save as CSV", testId: "proj-save-csv", choose: () => saveTable("csv") },
            { key: "tsv", text: "Save as TSV", testId: "proj-save-tsv", choose: () => saveTable("tsv") },
          ],
        },
        {
          title: "Picture",
          items: [
            { key: "png", text: "Save as PNG", testId: "proj-save-png", choose: () => void savePicture() },
            ...(canDraw() ? [{ key: "svg", text: "Save as SVG", testId: "proj-save-svg", choose: saveDrawing }] : []),
          ],
        },
      ]}
    >
      <Icon name="download" />
    </Menu>
  );
}
