import type { ComponentChildren, JSX } from "preact";
import type { Kind } from "../api/types";
import { NothingToShow } from "../frame/NothingToShow";
import { closedGroups, type TagCard, tagFilter, tagGroups, toggleGroup } from "../state/tags";
import { FilterBox } from "./FilterBox";
import { Icon } from "./Icon";

interface Props {
  kind: Kind;
  toolbar: ComponentChildren;
  /** Width below which a card is not squeezed, in pixels. */
  cardWidth?: number;
  render(card: TagCard, prefix: string): ComponentChildren;
}

/** A page of cards: the tag filter and the page's controls above, groups of tags by prefix below. */
export function TagGroups({ kind, toolbar, cardWidth = 340, render }: Props): JSX.Element {
  const groups = tagGroups(kind).value;
  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="View">
        <FilterBox filter={tagFilter} label="Filter tags" testId="tag-filter" />
        <div class="toolbar-controls">{toolbar}</div>
      </div>
      <div class="groups" style={{ "--card-width": `${cardWidth}px` }}>
        {groups.length ? null : <NothingToShow kind={kind} />}
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
              {open ? <div class="cards">{cards.map((card) => render(card, prefix))}</div> : null}
            </section>
          );
        })}
      </div>
    </>
  );
}
