import type { JSX } from "preact";
import { chooseAxis, xAxis, xTag } from "../../state/axis";
import { catalog } from "../../state/log";
import { Icon } from "../../ui/Icon";
import { TagPicker } from "../../ui/LazyTagPicker";
import { PanelButton } from "../../ui/PanelButton";
import { Segmented } from "../../ui/Segmented";

const AXES = [
  { value: "step", text: "Step" },
  { value: "relative", text: "Relative" },
  { value: "wall", text: "Wall" },
] as const;

/** Step, relative or wall time, or another scalar of each run. */
export function ScalarAxisChoice(): JSX.Element {
  const tag = xTag.value;
  return (
    <div class="axis-choice">
      <Segmented<"step" | "relative" | "wall" | "tag">
        label="Horizontal axis"
        choices={AXES}
        value={tag ? "tag" : xAxis.value}
        testId="x-axis"
        onChange={(value) => {
          if (value !== "tag") chooseAxis(value);
        }}
      />
      <PanelButton
        label={tag ? `Horizontal axis: ${tag}` : "Another scalar as horizontal axis"}
        look={tag ? "choice-button chosen" : "choice-button"}
        button={
          <>
            <span class="choice-text">{tag || "Scalar"}</span>
            <Icon name="more" size={12} />
          </>
        }
        testId="x-tag"
        panelTestId="x-tag-panel"
      >
        {(close) => (
          <div class="tag-panel">
            <p class="panel-words">Each point stands at the last value of this scalar at its step or before.</p>
            <TagPicker
              tags={catalog.value?.tags.scalars ?? []}
              chosen={tag ? [tag] : []}
              label="Find a scalar"
              testId="x-tags"
              onPick={(picked) => {
                xTag.value = picked === tag ? "" : picked;
                close();
              }}
            />
          </div>
        )}
      </PanelButton>
    </div>
  );
}
