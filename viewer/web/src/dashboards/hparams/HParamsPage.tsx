import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { getHParams, type HParams } from "../../api/hparams";
import { NothingToShow } from "../../frame/NothingToShow";
import { Notice } from "../../frame/Notice";
import { connection, revision } from "../../state/log";
import { Icon } from "../../ui/Icon";
import { HEAD_HEIGHT, ROW_HEIGHT } from "../../ui/table/DataTable";
import { useResource } from "../../ui/use_resource";
import type { PageProps } from "../dashboard";
import { describeSessions } from "./describe";
import { drawnSessions } from "./drawn";
import { FilterChips, HParamsToolbar } from "./HParamsToolbar";
import { ParallelBox } from "./ParallelBox";
import { pictures } from "./pictures";
import { SavePicture } from "./SavePicture";
import { ScatterBox } from "./ScatterBox";
import { SessionTable } from "./SessionTable";
import { SessionTooltip } from "./SessionTooltip";
import { SideChoice } from "./SideChoice";
import { across, closed, down, type Part } from "./settings";
import { acrossFields, downFields, said, sessions, store, tableRows, taken, wanted } from "./state";

/** Training sessions side by side: drawn, listed, and each metric against each hyperparameter. */
export function HParamsPage({ dashboard }: PageProps): JSX.Element {
  const near = useSignal(true);
  const { value, error } = useResource(near, () => (signal) => getHParams(signal));
  useSignalEffect(() => {
    if (value.value) take(value.value);
  });
  useSignalEffect(() => {
    connection.value;
    store.want(wanted.value, revision.value);
  });
  useEffect(() => {
    drawnSessions.describe = describeSessions;
    return () => {
      drawnSessions.describe = null;
    };
  }, []);
  const count = useComputed(() => sessions.value.length).value;
  if (said.value === null) {
    return error.value ? (
      <Notice title="The sessions could not be read">
        <p>{error.value}</p>
      </Notice>
    ) : (
      <NothingToShow dashboard={dashboard} />
    );
  }
  if (count === 0) return <NoSessions />;
  return (
    <>
      <HParamsToolbar />
      <div class="hp-parts">
        <PartBox
          part="parallel"
          title="Parallel coordinates"
          actions={
            <SavePicture
              name="parallel coordinates"
              testId="save-parallel"
              draw={() => pictures.parallel?.() ?? null}
            />
          }
        >
          <ParallelBox />
        </PartBox>
        <PartBox part="table" title="Sessions" beside={<FilterChips />}>
          <TableBox />
        </PartBox>
        <PartBox
          part="scatter"
          title="Scatter matrix"
          actions={
            <>
              <SideChoice text="Across" side={across} now={acrossFields.value} testId="hp-across" />
              <SideChoice text="Down" side={down} now={downFields.value} testId="hp-down" />
              <SavePicture name="scatter matrix" testId="save-scatter" draw={() => pictures.scatter?.() ?? null} />
            </>
          }
        >
          <ScatterBox />
        </PartBox>
      </div>
      <SessionTooltip />
    </>
  );
}

let shape = "";

/** A new answer counts only if it says something new. */
function take(answer: HParams): void {
  taken.revision = answer.revision;
  const text = JSON.stringify([answer.hparams, answer.metrics, answer.sessions]);
  if (text === shape && said.peek()) return;
  shape = text;
  said.value = answer;
}

function NoSessions(): JSX.Element {
  return (
    <Notice title="No training session in this log yet" testId="no-sessions">
      <p>The log says what is to be compared, but no run has said yet what it was begun with:</p>
      <pre class="snippet">{'writer.add_hparams({"lr": 0.1}, {"val/loss": loss})'}</pre>
    </Notice>
  );
}

function TableBox(): JSX.Element {
  const height = HEAD_HEIGHT + Math.max(3, tableRows.value.length) * ROW_HEIGHT + 14;
  return (
    <div class="card hp-table" style={{ height: `min(${height}px, 68vh)` }}>
      <SessionTable />
    </div>
  );
}

interface PartProps {
  part: Part;
  title: string;
  /** Stands beside the title, also while the part is closed. */
  beside?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A part of the page that can be closed. */
function PartBox({ part, title, beside, actions, children }: PartProps): JSX.Element {
  const open = !closed.value.has(part);
  return (
    <section class="hp-part" data-part={part}>
      <div class="hp-part-head">
        <button
          type="button"
          class="group-head"
          aria-expanded={open}
          data-testid={`hp-part-${part}`}
          onClick={() => {
            const next = new Set(closed.peek());
            if (!next.delete(part)) next.add(part);
            closed.value = next;
          }}
        >
          <Icon name="chevron" size={14} />
          <span class="group-name">{title}</span>
        </button>
        {beside}
        {open ? actions : null}
      </div>
      {open ? children : null}
    </section>
  );
}
