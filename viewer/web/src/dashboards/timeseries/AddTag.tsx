import type { JSX } from "preact";
import { catalog } from "../../state/log";
import { Icon } from "../../ui/Icon";
import { TagPicker } from "../../ui/LazyTagPicker";
import { PanelButton } from "../../ui/PanelButton";
import { addPanel } from "./panels";

/** A button of a scalar's card: a new chart on top of the page, of its tag and another one. */
export function AddTag({ tag }: { tag: string }): JSX.Element {
  return (
    <PanelButton
      label="Chart this with another tag"
      look="icon-button"
      button={<Icon name="plus" />}
      testId="add-tag"
      panelTestId="add-tag-panel"
    >
      {(close) => (
        <div class="tag-panel">
          <TagPicker
            tags={(catalog.value?.tags.scalars ?? []).filter((other) => other !== tag)}
            label="Chart together with"
            testId="add-tags"
            onPick={(other) => {
              close();
              addPanel([tag, other]);
              document.querySelector("main")?.scrollTo({ top: 0 });
            }}
          />
        </div>
      )}
    </PanelButton>
  );
}
