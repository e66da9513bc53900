import type { ComponentChildren, JSX } from "preact";
import type { Kind } from "../api/types";
import type { Dashboard } from "../dashboards/dashboard";
import { NothingToShow } from "../frame/NothingToShow";
import { closedGroups, type TagCard, tagFilter, tagGroups, toggleGroup } from "../state/tags";
import { FilterBox } from "./FilterBox";
import { Icon } from "./Icon";

interface Props {
  kind: Kind;
  /** Whose page it is. */
  dashboard: Dashboard;
  toolbar: ComponentChildren;
  /** Whether there is a card for each run of a tag: then each tag begins a row, so that its runs stand side by side. */
  perRun?: boolean;
  /** Width below which a card is not squeezed, in pixels. */
  cardWidth?: number;
  render(card: TagCard, prefix: string): ComponentChildren;
}

/** A page of cards: the tag filter and the page's controls above, groups of tags by prefix below. */
export function TagGroups({ kind, dashboard, toolbar, cardWidth = 288, perRun = false, render }: Props): JSX.Element {
  const groups = tagGroups(kind).value;
  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="View">
        <FilterBox filter={tagFilter} label="Filter tags" testId="tag-filter" />
        <div class="toolbar-controls">{toolbar}</div>
      </div>
      <div class="groups" data-kind={kind} style={{ "--card-width": `${cardWidth}px` }}>
        {groups.length ? null : <NothingToShow dashboard={dashboard} />}
        {groups.map(({ prefix, cards }) => {
          const open = !closedGroups.value.has(`${kind}:${prefix}`);
          return (
            <section class="group" key={prefix} data-testid="tag-group" data-group={prefix}>
              <button
                type="button"
                class="group-head"
                aria-expanded={open}
                data-testid="group-toggle"
                onClick={() => toggleGroup(kind, prefix)}
              >
                <Icon name="chevron" size={14} />
                <span class="group-name">{prefix || "General"}</span>
                <span class="count">{cards.length}</span>
              </button>
              {open ? (
                <Cards
                  cards={cards}
                  rows={perRun && cards.some((card) => card.runs.length > 1)}
                  render={(card) => render(card, prefix)}
                />
              ) : null}
            </section>
          );
        })}
      </div>
    </>
  );
}

interface CardsProps {
  cards: readonly TagCard[];
  /** A row, or several, for each card of the list. */
  rows: boolean;
  render(card: TagCard): ComponentChildren;
}

function Cards({ cards, rows, render }: CardsProps): JSX.Element {
  if (!rows) return <div class="cards">{cards.map(render)}</div>;
  return (
    <>
      {cards.map((card) => (
        <div class="cards" key={card.tag}>
          {render(card)}
        </div>
      ))}
    </>
  );
}
