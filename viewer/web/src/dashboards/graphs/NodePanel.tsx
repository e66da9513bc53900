import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import type { Neighbor, NodeFacts } from "../../graphs/scene";
import { CopyButton } from "../../ui/CopyButton";
import { Segmented } from "../../ui/Segmented";
import { jumpTo } from "./actions";
import { PathName } from "./SearchBox";
import { selected, type Tracing, tracing } from "./settings";
import { facts, selectedBox } from "./state";
import { formatMemory, formatTime, lastPart } from "./words";

const KINDS = { scope: "Scope", series: "Series of like blocks", op: "Operation", function: "Function" } as const;
/** Longer lists are shown in full when that is asked for. */
const FIRST_ROWS = 12;

/** What is known of the chosen node; every name in it leads there. */
export function NodePanel(): JSX.Element {
  const path = selected.value;
  const known = facts.value?.path === path ? facts.value : null;
  return (
    <div class="graph-panel" data-testid="graph-node" data-path={path} aria-busy={known === null}>
      <h2 title={path}>{selectedBox.value?.path === path ? selectedBox.value.name : lastPart(path)}</h2>
      <div class="graph-node-path">
        <span>{path}</span>
        <CopyButton label="Copy the name" text={() => path} testId="graph-copy" />
      </div>
      <Segmented<Tracing>
        label="Trace"
        choices={[
          { value: "off", text: "All" },
          { value: "inputs", text: "Trace inputs" },
          { value: "outputs", text: "Trace outputs" },
        ]}
        value={tracing.value}
        testId="graph-trace"
        onChange={(value) => {
          tracing.value = value;
        }}
      />
      {known ? <Facts known={known} /> : null}
    </div>
  );
}

function Facts({ known }: { known: NodeFacts }): JSX.Element {
  const { kind, op, device, count, time, memory, outputSizes, attributes } = known;
  return (
    <>
      <dl class="graph-facts">
        <Fact name="Kind">{KINDS[kind]}</Fact>
        {op ? <Fact name="Type">{op}</Fact> : null}
        {kind !== "op" ? <Fact name="Operations">{String(count)}</Fact> : null}
        {device ? <Fact name="Device">{device}</Fact> : null}
        {time !== null ? <Fact name="Compute time">{formatTime(time)}</Fact> : null}
        {memory !== null ? <Fact name="Memory">{formatMemory(memory)}</Fact> : null}
      </dl>
      {outputSizes.length ? (
        <Part title="Output" count={outputSizes.length}>
          <Rows
            all={outputSizes.map((size, at) => ({ size, at }))}
            render={({ size, at }) => (
              <li key={at} class="graph-shape-row">
                {size}
              </li>
            )}
          />
        </Part>
      ) : null}
      <Neighbors title="Inputs" testId="graph-inputs" all={known.inputs} more={known.moreInputs} />
      <Neighbors title="Outputs" testId="graph-outputs" all={known.outputs} more={known.moreOutputs} />
      {attributes.length ? (
        <Part title="Attributes" count={attributes.length}>
          <dl class="graph-attributes" data-testid="graph-attributes">
            {attributes.map(({ name, value }) => (
              <div key={name}>
                <dt title={name}>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Part>
      ) : null}
      <Paths title={kind === "function" ? "Used by" : "Uses"} all={known.uses} more={0} testId="graph-uses" />
      <Paths title="Holds" all={known.members} more={known.moreMembers} testId="graph-members" />
    </>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Part({ title, count, children }: { title: string; count: number; children: ComponentChildren }): JSX.Element {
  return (
    <section>
      <h3>
        {title} <span class="count">{count}</span>
      </h3>
      {children}
    </section>
  );
}

/** What feeds a node or is fed by it; what only waits for it stands apart, and closed. */
function Neighbors(props: {
  title: string;
  testId: string;
  all: readonly Neighbor[];
  more: number;
}): JSX.Element | null {
  const tensors = props.all.filter(({ isControl }) => !isControl);
  const controls = props.all.filter(({ isControl }) => isControl);
  if (props.all.length + props.more === 0) return null;
  return (
    <Part title={props.title} count={props.all.length + props.more}>
      <div data-testid={props.testId}>
        <Rows all={tensors} render={row} />
        {controls.length ? (
          <details class="graph-controls">
            <summary>
              Control dependencies <span class="count">{controls.length}</span>
            </summary>
            <Rows all={controls} render={row} />
          </details>
        ) : null}
        {props.more ? <p class="hint">{props.more} more</p> : null}
      </div>
    </Part>
  );
}

const row = ({ path, label }: Neighbor): JSX.Element => (
  <li key={path}>
    <Jump path={path} />
    {label ? <span class="graph-shape">{label}</span> : null}
  </li>
);

function Paths(props: { title: string; all: readonly string[]; more: number; testId: string }): JSX.Element | null {
  if (props.all.length === 0) return null;
  return (
    <Part title={props.title} count={props.all.length + props.more}>
      <div data-testid={props.testId}>
        <Rows
          all={props.all}
          render={(path) => (
            <li key={path}>
              <Jump path={path} />
            </li>
          )}
        />
        {props.more ? <p class="hint">{props.more} more</p> : null}
      </div>
    </Part>
  );
}

function Jump({ path }: { path: string }): JSX.Element {
  return (
    <button type="button" class="graph-jump" title={path} data-path={path} onClick={() => void jumpTo(path)}>
      <PathName path={path} />
    </button>
  );
}

/** The first rows of a list, and a button for the others. */
function Rows<T>({ all, render }: { all: readonly T[]; render(one: T): JSX.Element }): JSX.Element | null {
  const whole = useSignal(false);
  if (all.length === 0) return null;
  const shown = whole.value ? all : all.slice(0, FIRST_ROWS);
  return (
    <>
      <ul class="graph-rows">{shown.map(render)}</ul>
      {shown.length < all.length ? (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            whole.value = true;
          }}
        >
          Show {all.length - shown.length} more
        </button>
      ) : null}
    </>
  );
}
