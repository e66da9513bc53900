import type { JSX } from "preact";
import { download, fileName, svgBlob, svgToPng } from "../../draw/save";
import { HangingButton } from "../../ui/table/HangingButton";

/** A drawing as SVG or as a picture. `draw` makes the SVG. */
export function SavePicture(props: {
  name: string;
  testId: string;
  draw(): { svg: string; width: number; height: number } | null;
}): JSX.Element {
  const save = async (kind: "svg" | "png"): Promise<void> => {
    const made = props.draw();
    if (!made) return;
    const blob = kind === "svg" ? svgBlob(made.svg) : await svgToPng(made.svg, made.width, made.height);
    download(blob, fileName(kind, props.name));
  };
  return (
    <HangingButton
      text="Save"
      icon="download"
      label={`Save the ${props.name}`}
      testId={props.testId}
      render={(close) => (
        <div class="hang-list">
          {(["svg", "png"] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              class="hang-item"
              data-testid={`save-${kind}`}
              onClick={() => {
                close();
                void save(kind);
              }}
            >
              Save as {kind.toUpperCase()}
            </button>
          ))}
        </div>
      )}
    />
  );
}
