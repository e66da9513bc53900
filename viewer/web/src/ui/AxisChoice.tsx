import type { JSX } from "preact";
import { chooseAxis, xAxis } from "../state/axis";
import { Segmented } from "./Segmented";

const AXES = [
  { value: "step", text: "Step" },
  { value: "relative", text: "Relative" },
  { value: "wall", text: "Wall" },
] as const;

/** Step, relative or wall time. */
export function AxisChoice({ label }: { label: string }): JSX.Element {
  return <Segmented label={label} choices={AXES} value={xAxis.value} testId="x-axis" onChange={chooseAxis} />;
}
