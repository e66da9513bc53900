import type { JSX } from "preact";
import type { Mesh } from "../../api/meshes";
import { formatValue } from "../../format/numbers";
import type { Spot } from "./scene/nearest";

/** Where a point is, and its colour: a ring around it, and the numbers in a corner. */
export function PointReadout({ mesh, spot }: { mesh: Mesh; spot: Spot | null }): JSX.Element | null {
  if (!spot) return null;
  const at = (values: ArrayLike<number>): number[] => [0, 1, 2].map((i) => values[3 * spot.index + i] ?? Number.NaN);
  const [x, y, z] = at(mesh.vertices).map(formatValue);
  const color = mesh.colors && at(mesh.colors);
  return (
    <>
      <span class="mesh-ring" style={{ left: `${spot.x}px`, top: `${spot.y}px` }} />
      <span class="mesh-point" data-testid="mesh-point-readout">
        {color ? <span class="swatch" style={{ background: `rgb(${color.join(" ")})` }} /> : null}
        <span>
          x {x} · y {y} · z {z}
          {color ? ` · rgb ${color.join(" ")}` : ""}
        </span>
      </span>
    </>
  );
}
