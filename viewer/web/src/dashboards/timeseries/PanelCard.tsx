import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { Matcher } from "../../regex/matcher";
import { catalog } from "../../state/log";
import { cardsOf, type TagCard } from "../../state/tags";
import { Card } from "../../ui/Card";
import { CardActions } from "../../ui/card_actions";
import { Icon } from "../../ui/Icon";
import { lazily } from "../../ui/lazily";
import { PanelButton } from "../../ui/PanelButton";
import type { ChartSpec } from "../scalars/chart_spec";
import { ScalarCard } from "../scalars/ScalarCard";
import { PinActions } from "./PinActions";
import { type Panel, panelTitle, writePanel } from "./panels";

const PanelEditor = lazily(async () => (await import("./PanelEditor")).PanelEditor);

/** So many tags that a pattern matches are drawn. */
const MOST_MATCHED = 100;

/** A chart of several tags. */
export function PanelCard({ panel }: { panel: Panel }): JSX.Element {
  const now = useSignal(panel);
  now.value = panel;
  const { matched, error } = useMatchedTags(now);
  const cards = useComputed(() => {
    const wanted = new Set([...now.value.tags, ...matched.value]);
    const known = new Map(cardsOf("scalars").value.map((card) => [card.tag, card] as const));
    return [...wanted].flatMap((tag): TagCard[] => {
      const card = known.get(tag);
      return card ? [card] : [];
    });
  }).value;
  const spec: ChartSpec = { id: `panel:${panel.id}`, title: panelTitle(panel), cards };
  // The chart takes the editor's place once the hand has left it: not at the first letter of a pattern.
  const isWritten = useSignal(false);
  const editor = (
    <div class="panel-editor">
      <PanelEditor panel={panel} matched={matched.value} error={error.value} />
    </div>
  );
  if (!cards.length || isWritten.value) {
    return (
      <CardActions.Provider value={<PinActions item={writePanel(panel)} />}>
        <Card tag={spec.id} title={spec.title} prefix="" testId="panel-card">
          <fieldset
            class="panel-fields"
            aria-label="Tags and name of this chart"
            onFocusIn={() => {
              isWritten.value = true;
            }}
            onFocusOut={(event) => {
              const to = event.relatedTarget;
              isWritten.value = to instanceof Node && event.currentTarget.contains(to);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.target.blur();
            }}
          >
            {editor}
          </fieldset>
        </Card>
      </CardActions.Provider>
    );
  }
  const actions = (
    <>
      <PanelButton
        label="Tags and name of this chart"
        look="icon-button"
        button={<Icon name="plus" />}
        testId="edit-panel"
        panelTestId="panel-editor"
      >
        {() => editor}
      </PanelButton>
      <PinActions item={writePanel(panel)} />
    </>
  );
  return (
    <CardActions.Provider value={actions}>
      <ScalarCard spec={spec} prefix="" />
    </CardActions.Provider>
  );
}

function useMatchedTags(panel: { readonly value: Panel }) {
  const matcher = useMemo(() => new Matcher(), []);
  const matched = useSignal<readonly string[]>([]);
  const error = useSignal<string | null>(null);
  const pattern = useComputed(() => panel.value.match);
  useSignalEffect(() => {
    const text = pattern.value;
    const tags = catalog.value?.tags.scalars ?? [];
    if (!text) {
      matched.value = [];
      error.value = null;
      return;
    }
    void matcher.match(text, tags).then((result) => {
      if (!result || pattern.peek() !== text) return;
      error.value = "error" in result ? result.error : null;
      if ("matched" in result) matched.value = tags.filter((_, at) => result.matched[at]).slice(0, MOST_MATCHED);
    });
  });
  return { matched, error };
}
