import type { JSX } from "preact";
import type { ShownRun } from "../../state/runs";
import { IconButton } from "../../ui/IconButton";
import { Select } from "../../ui/Select";
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
    <div class="pair-run" title={pair[side]}>
      <span class="pair-side">{label}</span>
      <span class="swatch" style={{ background: color }} />
      <Select
        label={`Run ${label}`}
        choices={runs.map(({ name }) => ({ value: name, text: name }))}
        value={pair[side]}
        testId={`pair-${label.toLowerCase()}`}
        onChange={(name) => choosePair(tag, pair, side, name)}
      />
    </div>
  );
}
