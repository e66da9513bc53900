import type { JSX } from "preact";
import { formatCount } from "../../format/numbers";
import { model } from "./state";

const MOST_TYPES = 24;

/** What is known of the whole graph. */
export function OverviewPanel(): JSX.Element | null {
  const graph = model.value;
  if (!graph) return null;
  const { ops, scopes, opTypes, devices, notes } = graph.overview;
  const most = Math.max(1, ...opTypes.map(({ count }) => count));
  return (
    <div class="graph-panel" data-testid="graph-overview">
      <h2>This graph</h2>
      <dl class="graph-facts">
        <Fact name="Operations" value={formatCount(ops)} />
        <Fact name="Scopes" value={formatCount(scopes)} />
        {devices.length ? <Fact name="Devices" value={formatCount(devices.length)} /> : null}
      </dl>
      {notes.map((note) => (
        <p key={note} class="graph-note">
          {note}
        </p>
      ))}
      {opTypes.length ? (
        <section>
          <h3>
            Operation types <span class="count">{opTypes.length}</span>
          </h3>
          <ul class="graph-types">
            {opTypes.slice(0, MOST_TYPES).map(({ name, count }) => (
              <li key={name}>
                <span class="graph-type-name" title={name}>
                  {name}
                </span>
                <span class="graph-type-bar">
                  <span style={{ width: `${(100 * count) / most}%` }} />
                </span>
                <span class="count">{formatCount(count)}</span>
              </li>
            ))}
          </ul>
          {opTypes.length > MOST_TYPES ? <p class="hint">{opTypes.length - MOST_TYPES} more types</p> : null}
        </section>
      ) : null}
      <p class="hint">Click a box to read about it, double-click one to open it.</p>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
