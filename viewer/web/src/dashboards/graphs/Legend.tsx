import type { JSX } from "preact";
import { rampColor } from "../../draw/ramp";
import { Icon } from "../../ui/Icon";
import { legendRows, MODE_WORDS } from "./coloring";
import { legendOpen, unticked } from "./settings";
import { coloring, index, mode } from "./state";
import { formatMemory, formatTime } from "./words";

const RAMP_STEPS = 12;

/** What the colours say; of amounts, whose devices count. */
export function Legend(): JSX.Element | null {
  const colors = coloring.value;
  const known = index.value;
  if (!colors || !known || mode.value === "none") return null;
  const isAmount = mode.value === "time" || mode.value === "memory";
  const rows = isAmount ? [] : legendRows(colors, known.scene.boxes);
  if (!isAmount && rows.length === 0) return null;
  return (
    <section class="graph-legend" aria-label="Legend" data-testid="graph-legend" data-mode={mode.value}>
      <button
        type="button"
        class="graph-legend-head"
        aria-expanded={legendOpen.value}
        data-testid="graph-legend-head"
        onClick={() => {
          legendOpen.value = !legendOpen.peek();
        }}
      >
        <Icon name="chevron" size={12} />
        {MODE_WORDS[mode.value]}
      </button>
      {legendOpen.value && isAmount ? <Amounts /> : null}
      {legendOpen.value && !isAmount ? (
        <ul>
          {rows.map(({ color, words, note }) => (
            <li key={words}>
              <span class={color ? "graph-patch" : "graph-patch none"} style={color ? { background: color } : {}} />
              <span class="graph-legend-words" title={words}>
                {words}
              </span>
              {note ? <span class="count">{note}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Amounts(): JSX.Element | null {
  const colors = coloring.value;
  if (!colors) return null;
  const { overview, appearance } = colors;
  const isTime = mode.value === "time";
  const most = isTime ? formatTime(overview.maxTime) : formatMemory(overview.maxMemory);
  const ramp = Array.from({ length: RAMP_STEPS }, (_, at) => rampColor(at / (RAMP_STEPS - 1), appearance));
  return (
    <>
      <div class="graph-ramp" style={{ background: `linear-gradient(to right, ${ramp.join(", ")})` }} />
      <div class="graph-ramp-ends">
        <span>0</span>
        <span>{most}</span>
      </div>
      {overview.devices.length > 1 ? (
        <fieldset class="graph-devices">
          <legend>Count what ran on</legend>
          {overview.devices.map((name, device) => (
            <label key={name} title={name}>
              <input
                type="checkbox"
                class="checkbox"
                checked={!unticked.value.has(device)}
                data-testid="graph-device"
                data-device={name}
                onChange={(event) => {
                  const next = new Set(unticked.peek());
                  if (event.currentTarget.checked) next.delete(device);
                  else next.add(device);
                  unticked.value = next;
                }}
              />
              <span class="graph-legend-words">{name}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
    </>
  );
}
