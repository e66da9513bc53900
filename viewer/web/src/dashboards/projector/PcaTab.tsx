import type { JSX } from "preact";
import { analysis, percent, shares } from "./arrangement";
import { prepared } from "./points";
import { components, isFlat } from "./settings";

const AXES = ["X", "Y", "Z"] as const;

/** Which principal components are the axes, and how much of the variance each one holds. */
export function PcaTab(): JSX.Element {
  const known = shares.value;
  const chosen = components.value;
  const shown = isFlat.value ? chosen.slice(0, 2) : chosen;
  const dims = prepared.value?.dims ?? 0;
  const sum = (of: readonly number[]): number =>
    [...new Set(of)].reduce((total, component) => total + (known[component] ?? 0), 0);
  return (
    <div class="proj-tab" data-testid="proj-pca">
      <div class="proj-axes">
        {AXES.slice(0, isFlat.value ? 2 : 3).map((axis, i) => (
          <label key={axis} class="proj-axis">
            <span class="control-label">{axis}</span>
            <select
              class="hang-select"
              data-testid={`proj-component-${axis.toLowerCase()}`}
              value={String(chosen[i])}
              onChange={(event) => {
                const next = [...chosen] as [number, number, number];
                next[i] = Number(event.currentTarget.value);
                components.value = next;
              }}
            >
              {known.map((share, component) => (
                <option key={component} value={String(component)}>
                  Component {component + 1} · {percent(share)}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <Shares known={known} shown={shown} />
      <p class="hint" data-testid="proj-variance">
        {known.length ? `${percent(sum(shown))} of the variance is in the picture` : "Finding the components…"}
        {analysis.value && dims > known.length
          ? `, ${percent(analysis.value.pca.totalShare)} in the first ${known.length}`
          : ""}
      </p>
    </div>
  );
}

/** A bar for each component; those of the picture in colour. */
function Shares({ known, shown }: { known: readonly number[]; shown: readonly number[] }): JSX.Element {
  const most = Math.max(...known, 1e-9);
  return (
    <div
      class="proj-shares"
      role="img"
      aria-label={known.map((s, i) => `component ${i + 1}: ${percent(s)}`).join(", ")}
    >
      {known.map((share, component) => (
        <span
          key={component}
          class={shown.includes(component) ? "shown" : ""}
          style={{ height: `${Math.max(2, (100 * share) / most)}%` }}
          title={`Component ${component + 1}: ${percent(share)}`}
        />
      ))}
    </div>
  );
}
