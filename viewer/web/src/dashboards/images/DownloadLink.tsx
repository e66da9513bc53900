import type { JSX } from "preact";
import { fileName } from "../../media/files";
import { Icon } from "../../ui/Icon";
import type { Shown } from "./use_steps";

interface Props {
  tag: string;
  run: string;
  shown: Shown | null;
  item: number;
}

/** Keeps a picture as it was logged, byte for byte. */
export function DownloadLink({ tag, run, shown, item }: Props): JSX.Element | null {
  const url = shown?.urls[item];
  if (!shown || !url) return null;
  return (
    <a
      class="icon-button"
      href={url}
      download={fileName(tag, run, shown.step, shown.types[item] ?? "", shown.count > 1 ? item : null)}
      title="Download the picture as logged"
      aria-label="Download the picture as logged"
      data-testid="image-download"
    >
      <Icon name="download" />
    </a>
  );
}
