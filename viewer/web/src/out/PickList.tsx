import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { formatCount } from "../format/numbers";
import { Name } from "../ui/Name";
import { VirtualRows } from "../ui/VirtualRows";

interface Props {
  title: string;
  names: readonly string[];
  chosen: Signal<ReadonlySet<string>>;
  testId: string;
}

const ROW_HEIGHT = 28;

/** Names with a tick each, and a field that finds some of many. */
export function PickList({ title, names, chosen, testId }: Props): JSX.Element {
  const wanted = useSignal("");
  const text = wanted.value.toLowerCase();
  // What was ticked when the list was opened comes first: of many, it would be out of sight.
  const first = useMemo(() => chosen.peek(), []);
  const ordered = useMemo(
    () => [...names.filter((name) => first.has(name)), ...names.filter((name) => !first.has(name))],
    [names, first],
  );
  const found = text ? ordered.filter((name) => name.toLowerCase().includes(text)) : ordered;
  const count = names.filter((name) => chosen.value.has(name)).length;
  const set = (changed: readonly string[], on: boolean): void => {
    const next = new Set(chosen.peek());
    for (const name of changed) {
      if (on) next.add(name);
      else next.delete(name);
    }
    chosen.value = next;
  };
  return (
    <section class="pick" data-testid={testId} data-count={count}>
      <header>
        <h3>{title}</h3>
        <span class="count">
          {formatCount(count)} of {formatCount(names.length)}
        </span>
        <button type="button" class="link-button" onClick={() => set(found, true)}>
          All
        </button>
        <button type="button" class="link-button" onClick={() => set(found, false)}>
          None
        </button>
      </header>
      <input
        type="text"
        class="text-field"
        placeholder="Find"
        aria-label={`Find ${title.toLowerCase()}`}
        value={wanted.value}
        onInput={(event) => {
          wanted.value = event.currentTarget.value;
        }}
      />
      <VirtualRows
        rowHeight={ROW_HEIGHT}
        count={found.length}
        render={(index) => {
          const name = found[index] ?? "";
          return (
            <label key={name} class="pick-row">
              <input
                type="checkbox"
                class="checkbox"
                checked={chosen.value.has(name)}
                onChange={(event) => set([name], event.currentTarget.checked)}
              />
              <Name text={name} />
            </label>
          );
        }}
      />
    </section>
  );
}
