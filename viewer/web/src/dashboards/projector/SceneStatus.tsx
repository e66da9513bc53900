import type { JSX } from "preact";
import { formatCount } from "../../format/numbers";
import { arrangement } from "./arrangement";
import { layouts } from "./layouts";
import { data } from "./points";
import { view } from "./settings";
import { base, first, isLoading } from "./source";

/** Below the scene: how many points there are, of how many, and what goes on. */
export function SceneStatus(): JSX.Element {
  return (
    <div class="proj-status" role="status" data-testid="proj-status">
      <span data-testid="proj-count">{countWords()}</span>
      {layoutWords() ? <span data-testid="proj-laid">{layoutWords()}</span> : null}
      {isLoading.value ? (
        <span class="proj-busy" aria-busy="true">
          <span class="spinner" />
          reading the points…
        </span>
      ) : null}
    </div>
  );
}

function countWords(): string {
  const now = data.value;
  const early = base.value ? null : first.value?.picture;
  const { count, total, dims } = now?.points ?? early ?? { count: 0, total: 0, dims: 0 };
  if (!count) return "";
  const read = base.value?.loaded.points.count ?? count;
  const of = now?.from ? read : total;
  const points = of > count ? `${formatCount(count)} of ${formatCount(of)} points` : `${formatCount(count)} points`;
  return `${points} · ${formatCount(dims)} ${dims === 1 ? "dimension" : "dimensions"}`;
}

/** A layout of fewer points than there are says so. */
function layoutWords(): string {
  const kind = view.value;
  if (kind !== "tsne" && kind !== "umap") return "";
  const layout = layouts[kind].value;
  if (!layout?.rows || !arrangement.value) return "";
  return `${kind === "tsne" ? "t-SNE" : "UMAP"} of ${formatCount(layout.rows.length)} of them`;
}
