import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { TextEntry } from "../../api/types";
import { toNumber } from "../../api/types";
import { formatCount } from "../../format/numbers";
import { formatWallTime } from "../../format/time";
import { StepField } from "../../media/StepSlider";
import type { ShownRun } from "../../state/runs";
import { shownTag } from "../../state/tags";
import { Card } from "../../ui/Card";
import { CopyButton } from "../../ui/CopyButton";
import { RunLabel } from "../../ui/RunLabel";
import { useNearScreen } from "../../ui/use";
import { Folded, isLong } from "./Folded";
import { target } from "./find";
import { TextTable } from "./TextTable";
import { useTexts } from "./use_texts";

/** The texts of one run and tag, newest first. */
export function TextCard({ tag, prefix, run }: { tag: string; prefix: string; run: ShownRun }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const near = useNearScreen(root);
  const shown = useTexts(run.name, tag, near);
  const texts = shown.texts.value;
  const steps = shown.steps.value?.step ?? [];
  const focus = shown.focus.value;
  const wanted = target.value;
  useEffect(() => {
    if (wanted?.run === run.name && wanted.tag === tag) root.current?.scrollIntoView({ block: "nearest" });
  }, [wanted]);
  const newer = texts ? texts.total - texts.start - texts.samples.length : 0;
  return (
    <Card
      rootRef={root}
      tag={tag}
      title={shownTag("texts", tag)}
      prefix={prefix}
      run={run.name}
      testId="text-card"
      subtitle={<RunLabel run={run} />}
      actions={
        <>
          {steps.length > 1 ? (
            <StepField steps={steps} index={focus ?? steps.length - 1} onChange={shown.goTo} />
          ) : null}
          <span class="card-count">{texts ? stepsWords(texts.total) : ""}</span>
        </>
      }
    >
      <div class="texts card-fill">
        {shown.error.value && !texts ? <p class="hint">{shown.error.value}</p> : null}
        {newer > 0 ? (
          <div class="text-newer">
            {shown.newer ? (
              <button type="button" class="button" data-testid="newer-texts" onClick={shown.newer}>
                Show newer ({formatCount(newer)} more)
              </button>
            ) : null}
            <button type="button" class="button" data-testid="newest-texts" onClick={shown.newest}>
              The newest
            </button>
          </div>
        ) : null}
        {[...(texts?.samples ?? [])].reverse().map((entry, at) => {
          const index = (texts?.start ?? 0) + (texts?.samples.length ?? 0) - 1 - at;
          return <Entry key={`${index} ${entry.step}`} entry={entry} isWanted={index === focus} />;
        })}
        {shown.older ? (
          <button type="button" class="button text-older" data-testid="older-texts" onClick={shown.older}>
            Show older ({formatCount(texts?.start ?? 0)} more)
          </button>
        ) : null}
      </div>
    </Card>
  );
}

function Entry({ entry, isWanted }: { entry: TextEntry; isWanted: boolean }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    const box = root.current?.parentElement;
    if (isWanted && root.current && box) box.scrollTop = root.current.offsetTop - box.offsetTop;
  }, [isWanted]);
  return (
    <section
      ref={root}
      class={isWanted ? "text-entry wanted" : "text-entry"}
      data-testid="text-entry"
      data-step={entry.step}
    >
      <header class="text-head">
        <span class="text-step">step {formatCount(entry.step)}</span>
        <span class="text-when">{formatWallTime(toNumber(entry.wall_time))}</span>
        <CopyButton label="Copy as logged" text={() => asLogged(entry)} testId="text-copy" />
      </header>
      <Folded long={isLong(entry.cells)} wanted={isWanted}>
        <TextTable entry={entry} />
      </Folded>
    </section>
  );
}

/** A table as lines of cells with tabs between them. */
function asLogged({ shape, cells }: TextEntry): string {
  const columns = Math.max(1, shape.length >= 2 ? (shape.at(-1) ?? 1) : 1);
  const lines: string[] = [];
  for (let at = 0; at < cells.length; at += columns) lines.push(cells.slice(at, at + columns).join("\t"));
  return lines.join("\n");
}

const stepsWords = (total: number): string => (total === 1 ? "1 step" : `${formatCount(total)} steps`);
