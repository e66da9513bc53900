import type { JSX } from "preact";
import { Segmented } from "../../ui/Segmented";
import type { Field } from "./fields";
import { type ScaleKind, scales } from "./settings";
import { scaleKindOf, scaleOf } from "./state";

const KINDS = [
  { value: "linear", text: "Linear" },
  { value: "log", text: "Log" },
  { value: "quantile", text: "Quantile" },
] as const;

/** How the axis of a field is divided; names have one way only. */
export function ScaleChoice({ field }: { field: Field }): JSX.Element | null {
  if (scaleOf(field).kind === "category") return null;
  const choose = (kind: ScaleKind): void => {
    scales.value = new Map(scales.peek()).set(field.id, kind);
  };
  return (
    <div class="range-fields">
      <Segmented label="Scale" choices={KINDS} value={scaleKindOf(field)} testId="axis-scale" onChange={choose} />
    </div>
  );
}
