import type { JSX } from "preact";
import type { ShownRun } from "../../state/runs";
import { IconButton } from "../../ui/IconButton";
import { choosePair, type Pair } from "./pairs";

interface Props {
  tag: string;
  runs: readonly ShownRun[];
  pair: Pair;
}

/** Which run is on which side. */
export function PairChoice({ tag, runs, pair }: Props): JSX.Element {
  return (
    <div class="pair">
      <RunChoice label="A" tag={tag} runs={runs} pair={pair} side={0} />
      <IconButton
        icon="swap"
        label="Swap A and B"
        testId="pair-swap"
        onClick={() => choosePair(tag, pair, 0, pair[1])}
      />
      <RunChoice label="B" tag={tag} runs={runs} pair={pair} side={1} />
    </div>
  );
}

function RunChoice({ label, tag, runs, pair, side }: Props & { label: string; side: 0 | 1 }): JSX.Element {
  const color = runs.find(({ name }) => name === pair[side])?.color;
  return (
    <label class="pair-run">
      <span class="pair-side">{label}</span>
      <span class="swatch" style={{ background: color }} />
      <select
        class="choice"
        aria-label={`Run ${label}`}
        data-testid={`pair-${label.toLowerCase()}`}
        title={pair[side]}
        value={pair[side]}
        onChange={(event) => choosePair(tag, pair, side, event.currentTarget.value)}
      >
        {runs.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
