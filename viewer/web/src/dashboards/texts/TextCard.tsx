import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { getTexts } from "../../api/client";
import { toNumber } from "../../api/types";
import { formatCount } from "../../format/numbers";
import { formatWallTime } from "../../format/time";
import type { ShownRun } from "../../state/runs";
import { shownTag } from "../../state/tags";
import { Card } from "../../ui/Card";
import { RunLabel } from "../../ui/RunLabel";
import { useNearScreen } from "../../ui/use";
import { useResource } from "../../ui/use_resource";
import { TextTable } from "./TextTable";

const PAGE = 20;
const MOST = 1000;

/** The texts of one run and tag, newest first. */
export function TextCard({ tag, prefix, run }: { tag: string; prefix: string; run: ShownRun }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const near = useNearScreen(root);
  const limit = useSignal(PAGE);
  const { value, error } = useResource(near, () => {
    const range = { limit: limit.value };
    return (signal) => getTexts(run.name, tag, range, signal);
  });
  const texts = value.value;
  const older = texts?.start ?? 0;
  return (
    <Card
      rootRef={root}
      tag={tag}
      title={shownTag("texts", tag)}
      prefix={prefix}
      run={run.name}
      testId="text-card"
      subtitle={<RunLabel run={run} />}
      actions={<span class="card-count">{texts ? stepsWords(texts.total) : ""}</span>}
    >
      <div class="texts">
        {error.value && !texts ? <p class="hint">{error.value}</p> : null}
        {[...(texts?.samples ?? [])].reverse().map((entry, index) => (
          <section class="text-entry" key={(texts?.total ?? 0) - index} data-testid="text-entry" data-step={entry.step}>
            <header class="text-head">
              <span class="text-step">step {formatCount(entry.step)}</span>
              <span>{formatWallTime(toNumber(entry.wall_time))}</span>
            </header>
            <TextTable entry={entry} />
          </section>
        ))}
        {older > 0 && limit.value < MOST ? (
          <button
            type="button"
            class="button text-older"
            data-testid="older-texts"
            onClick={() => {
              limit.value = Math.min(MOST, limit.value * 4);
            }}
          >
            Show older ({formatCount(older)} more)
          </button>
        ) : null}
      </div>
    </Card>
  );
}

const stepsWords = (total: number): string => (total === 1 ? "1 step" : `${formatCount(total)} steps`);
