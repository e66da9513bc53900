import type { JSX } from "preact";
import { formatCount } from "../../format/numbers";
import { appearance } from "../../state/theme";
import { Icon } from "../../ui/Icon";
import { colorAt } from "./coloring";
import { coloring, labelIndex, labelOf, table } from "./columns";
import { pick, picked } from "./marking";
import { ColumnSelect, Section } from "./Section";
import { column, error, hits, isRegex, query } from "./search";
import { Thumb } from "./Thumb";

const MOST_LISTED = 100;

/** Points by what a column says of them. */
export function SearchSection(): JSX.Element {
  const names = table.value?.names ?? [];
  return (
    <Section title="Search" testId="proj-search-box">
      <div class="proj-search">
        <div class={error.value ? "filter has-error" : "filter"}>
          <Icon name="search" size={14} />
          <input
            type="text"
            spellcheck={false}
            autocomplete="off"
            placeholder="Find points"
            aria-label="Find points"
            aria-invalid={error.value !== null}
            data-filter
            data-testid="proj-search"
            value={query.value}
            disabled={!names.length}
            onInput={(event) => {
              query.value = event.currentTarget.value;
            }}
            onKeyDown={(event) => {
              if (event.key === "Escape") query.value = "";
            }}
          />
          {query.value ? (
            <button
              type="button"
              class="filter-clear"
              aria-label="Clear the search"
              onClick={() => {
                query.value = "";
              }}
            >
              <Icon name="close" size={12} />
            </button>
          ) : null}
          <div class="filter-error" role="status" data-testid="proj-search-error">
            {error.value}
          </div>
        </div>
        <button
          type="button"
          class="icon-button proj-regex"
          title="Regular expression"
          aria-label="Regular expression"
          aria-pressed={isRegex.value}
          data-testid="proj-search-regex"
          onClick={() => {
            isRegex.value = !isRegex.peek();
          }}
        >
          .*
        </button>
      </div>
      {names.length > 1 ? (
        <ColumnSelect
          label="In"
          names={names}
          value={column.value ?? labelIndex.value}
          testId="proj-search-column"
          onChange={(next) => {
            column.value = next;
          }}
        />
      ) : null}
      {names.length ? null : <p class="hint">Nothing is known of the points to search in.</p>}
      <Hits />
    </Section>
  );
}

function Hits(): JSX.Element | null {
  const found = hits.value;
  if (!found) return null;
  const rows = table.value;
  const at = column.value ?? labelIndex.value;
  const isLabel = at === labelIndex.value;
  return (
    <>
      <p class="hint" role="status" data-testid="proj-hit-count" data-count={found.length}>
        {found.length === 0
          ? "No point matches"
          : `${formatCount(found.length)} ${found.length === 1 ? "point" : "points"}` +
            (found.length > MOST_LISTED ? `, the first ${MOST_LISTED} of them here` : "")}
      </p>
      {found.length ? (
        <ul class="proj-list" data-testid="proj-hits">
          {[...found.subarray(0, MOST_LISTED)].map((index) => (
            <li key={index}>
              <button
                type="button"
                class="proj-point"
                aria-current={picked.value === index ? "true" : undefined}
                data-testid="proj-hit"
                onClick={(event) => pick(index, event.shiftKey)}
              >
                <Thumb index={index} size={20} />
                <span class="swatch" style={{ background: colorAt(coloring.value, index, appearance.value) }} />
                <span class="proj-ellipsis">{labelOf(index)}</span>
                {isLabel ? null : <span class="count proj-ellipsis">{rows?.columns[at ?? 0]?.[index]}</span>}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
