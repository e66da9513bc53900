import type { JSX } from "preact";
import { catalog } from "../../state/log";
import { TagPicker } from "../../ui/TagPicker";
import { changePanel, type Panel, togglePanelTag } from "./panels";

interface Props {
  panel: Panel;
  /** What the pattern matches. */
  matched: readonly string[];
  error: string | null;
}

/** What a chart of several tags is called, and which tags it has. */
export function PanelEditor({ panel, matched, error }: Props): JSX.Element {
  return (
    <>
      <input
        type="text"
        class="text-field"
        placeholder="Name"
        aria-label="Name of the chart"
        value={panel.name}
        data-testid="panel-name"
        onInput={(event) => changePanel(panel, { name: event.currentTarget.value })}
      />
      <input
        type="text"
        class="text-field"
        spellcheck={false}
        autocomplete="off"
        placeholder="All tags that match this pattern"
        aria-label="Pattern of tags"
        aria-invalid={error !== null}
        value={panel.match}
        data-testid="panel-match"
        onInput={(event) => changePanel(panel, { match: event.currentTarget.value })}
      />
      {error ? (
        <p class="panel-words error" role="status" data-testid="panel-error">
          {error}
        </p>
      ) : null}
      <TagPicker
        tags={catalog.value?.tags.scalars ?? []}
        chosen={[...panel.tags, ...matched]}
        label="Add or remove a tag"
        testId="panel-tags"
        onPick={(tag) => togglePanelTag(panel, tag)}
      />
    </>
  );
}
