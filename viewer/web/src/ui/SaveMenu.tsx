import type { JSX } from "preact";
import { type Picture, savePicturePng, savePictureSvg } from "../draw/save_drawing";
import { Icon } from "./Icon";
import { Menu } from "./Menu";

/** Saves what a card has drawn. `picture` gives it as it is now; null while there is nothing. */
export function SaveMenu({ picture }: { picture(): Picture | null }): JSX.Element {
  const withPicture = (save: (found: Picture) => void): void => {
    const found = picture();
    if (found) save(found);
  };
  const items = [
    { key: "svg", text: "Save as SVG", testId: "save-svg", choose: () => withPicture(savePictureSvg) },
    {
      key: "png",
      text: "Save as PNG",
      testId: "save-png",
      choose: () => withPicture((found) => void savePicturePng(found)),
    },
  ];
  return (
    <Menu label="More" look="icon-button" testId="card-menu" sections={[{ items }]}>
      <Icon name="dots" />
    </Menu>
  );
}
