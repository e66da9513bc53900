import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { cardsPerPage } from "../../state/settings";
import { closedGroups, toggleGroup } from "../../state/tags";
import { Icon } from "../../ui/Icon";
import { Pager } from "../../ui/Pager";
import { onPage } from "../../ui/pages";
import type { SeriesGroup } from "./items";
import { SeriesCards } from "./SeriesCards";
import { groupPages, turnTo } from "./settings";

export const PAGE = "timeseries";

/** A group of cards with its heading. */
export function SeriesSection({ group: { prefix, items } }: { group: SeriesGroup }): JSX.Element {
  const open = useComputed(() => !closedGroups.value.has(`${PAGE}:${prefix}`)).value;
  const page = useComputed(() => groupPages.value.get(prefix) ?? 0).value;
  const perPage = cardsPerPage.value;
  return (
    <section class="group" data-testid="tag-group" data-group={prefix}>
      <div class="group-bar">
        <button
          type="button"
          class="group-head"
          aria-expanded={open}
          data-testid="group-toggle"
          onClick={() => toggleGroup(PAGE, prefix)}
        >
          <Icon name="chevron" size={14} />
          <span class="group-name">{prefix || "General"}</span>
          <span class="count">{items.length}</span>
        </button>
        {open ? (
          <Pager
            label={`Cards of ${prefix || "General"}`}
            count={items.length}
            perPage={perPage}
            page={page}
            onChange={(to) => turnTo(prefix, to)}
          />
        ) : null}
      </div>
      {open ? <SeriesCards items={onPage(items, page, perPage)} prefix={prefix} /> : null}
    </section>
  );
}
