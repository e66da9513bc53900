import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { LayoutChart, Margin } from "../../api/layout";
import { catalog } from "../../state/log";
import { Dialog } from "../../ui/Dialog";
import { IconButton } from "../../ui/IconButton";
import { Segmented } from "../../ui/Segmented";
import { TagPicker } from "../../ui/TagPicker";
import { layout } from "./layout_state";

type Kind = "lines" | "bands";

const KINDS = [
  { value: "lines", text: "Lines" },
  { value: "bands", text: "Lines within bands" },
] as const;
const NO_MARGIN: Margin = { value: "", lower: "", upper: "" };
const PARTS = [
  { name: "value", text: "Line" },
  { name: "lower", text: "Lower edge" },
  { name: "upper", text: "Upper edge" },
] as const;

interface Props {
  /** What to begin with. */
  chart: LayoutChart;
  title: string;
  onSave(chart: LayoutChart): Promise<boolean>;
  onClose(): void;
}

/** Title, section and tags of a chart. */
export function ChartDialog({ chart, title, onSave, onClose }: Props): JSX.Element {
  const name = useSignal(chart.title);
  const section = useSignal(chart.section ?? "");
  const kind = useSignal<Kind>(chart.margins.length ? "bands" : "lines");
  const patterns = useSignal(chart.tags.join("\n"));
  const margins = useSignal<readonly Margin[]>(chart.margins.length ? chart.margins : [NO_MARGIN]);
  const said = useSignal("");
  const sections = [...new Set((layout.value?.charts ?? []).map((one) => one.section ?? "").filter(Boolean))];
  const tagsOf = (): string[] => patterns.value.split("\n").filter((line) => line.trim());
  const save = async (): Promise<void> => {
    const lines = kind.value === "lines" ? tagsOf() : [];
    const bands = kind.value === "bands" ? margins.value.filter(({ value }) => value.trim()) : [];
    said.value = "";
    if (!lines.length && !bands.length) {
      said.value = "Name at least one tag, or a pattern for several.";
      return;
    }
    const made = { title: name.value.trim(), section: section.value.trim(), tags: lines, margins: [...bands] };
    if (await onSave(made)) onClose();
    else said.value = "It could not be kept; the page says why.";
  };
  return (
    <Dialog title={title} testId="chart-dialog" onClose={onClose}>
      <form
        class="chart-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label class="form-row">
          <span>Title</span>
          <input
            type="text"
            class="text-field"
            maxLength={200}
            value={name.value}
            data-testid="chart-title"
            onInput={(event) => {
              name.value = event.currentTarget.value;
            }}
          />
        </label>
        <label class="form-row">
          <span>Section</span>
          <input
            type="text"
            class="text-field"
            maxLength={200}
            placeholder="My charts"
            list="chart-sections"
            value={section.value}
            data-testid="chart-section"
            onInput={(event) => {
              section.value = event.currentTarget.value;
            }}
          />
        </label>
        <datalist id="chart-sections">
          {sections.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <Segmented
          label="Kind of chart"
          choices={KINDS}
          value={kind.value}
          testId="chart-kind"
          onChange={(value) => {
            kind.value = value;
          }}
        />
        {kind.value === "lines" ? (
          <div class="form-lines">
            <label class="form-column">
              <span>Tags, one a line; a regular expression takes all that begin so</span>
              <textarea
                class="text-field patterns"
                rows={5}
                spellcheck={false}
                placeholder={"train/loss\nval/.*"}
                value={patterns.value}
                data-testid="chart-patterns"
                onInput={(event) => {
                  patterns.value = event.currentTarget.value;
                }}
              />
            </label>
            <TagPicker
              tags={catalog.value?.tags.scalars ?? []}
              chosen={tagsOf()}
              label="Find a tag"
              testId="chart-tags"
              onPick={(tag) => {
                const tags = tagsOf();
                patterns.value = (tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag]).join("\n");
              }}
            />
          </div>
        ) : (
          <Margins
            margins={margins.value}
            onChange={(next) => {
              margins.value = next;
            }}
          />
        )}
        <div class="form-end">
          <span class="form-said" role="status" data-testid="chart-said">
            {said.value}
          </span>
          <button type="submit" class="button" data-testid="chart-save">
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface MarginsProps {
  margins: readonly Margin[];
  onChange(margins: readonly Margin[]): void;
}

function Margins({ margins, onChange }: MarginsProps): JSX.Element {
  const set = (at: number, part: keyof Margin, text: string): void =>
    onChange(margins.map((margin, index) => (index === at ? { ...margin, [part]: text } : margin)));
  return (
    <div class="form-margins">
      <datalist id="scalar-tags">
        {(catalog.value?.tags.scalars ?? []).slice(0, 1000).map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      {margins.map((margin, at) => (
        <div class="margin-row" key={at}>
          {PARTS.map(({ name, text }) => (
            <input
              key={name}
              type="text"
              class="text-field"
              spellcheck={false}
              placeholder={text}
              aria-label={`${text} ${at + 1}`}
              list="scalar-tags"
              value={margin[name]}
              data-testid={`margin-${name}`}
              onInput={(event) => set(at, name, event.currentTarget.value)}
            />
          ))}
          <IconButton
            icon="close"
            label={`Remove line ${at + 1}`}
            onClick={() => onChange(margins.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <button type="button" class="button" data-testid="margin-add" onClick={() => onChange([...margins, NO_MARGIN])}>
        Add a line
      </button>
    </div>
  );
}
