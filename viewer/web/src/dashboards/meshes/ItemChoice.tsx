import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { formatCount } from "../../format/numbers";
import { IconButton } from "../../ui/IconButton";
import { Segmented } from "../../ui/Segmented";
import { TypedNumber } from "../../ui/TypedNumber";

interface Props {
  /** Meshes of the step. */
  count: number;
  /** How many of them are on a card at most. */
  most: number;
  /** 0-based; null: all. */
  item: Signal<number | null>;
}

/** Which of the meshes of a batch is shown: all side by side, or one of them. */
export function ItemChoice({ count, most, item }: Props): JSX.Element {
  const at = item.value;
  const all = count > most ? `The first ${formatCount(most)} of ${formatCount(count)}` : `All ${formatCount(count)}`;
  const go = (to: number): void => {
    item.value = (to + count) % count;
  };
  return (
    <div class="mesh-items">
      <Segmented
        label="Meshes of this step"
        choices={[
          { value: "all", text: all },
          { value: "one", text: "One" },
        ]}
        value={at === null ? "all" : "one"}
        testId="mesh-items"
        onChange={(value) => {
          item.value = value === "all" ? null : 0;
        }}
      />
      {at === null ? null : (
        <span class="mesh-item">
          <IconButton icon="previous" label="Mesh before" testId="mesh-previous" onClick={() => go(at - 1)} />
          <TypedNumber
            label="Mesh of this step"
            value={at + 1}
            min={1}
            max={count}
            testId="mesh-item"
            onChange={(value) => go(Math.round(value) - 1)}
          />
          {`of ${formatCount(count)}`}
          <IconButton icon="next" label="Next mesh" testId="mesh-next" onClick={() => go(at + 1)} />
        </span>
      )}
    </div>
  );
}
