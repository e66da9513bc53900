/** Places on the x axis in words. */

import { formatCount, formatValue } from "../../format/numbers";
import { formatDuration, formatWallTime } from "../../format/time";
import { chartAxis, xTag } from "../../state/axis";

/** A value on the axis that the charts have now. */
export function formatPlace(value: number): string {
  const axis = chartAxis.value;
  if (axis === "step") return formatCount(value);
  if (axis === "wall") return formatWallTime(value);
  return axis === "relative" ? formatDuration(value) : formatValue(value);
}

/** What the axis measures: "step". */
export function axisWord(): string {
  const axis = chartAxis.value;
  return axis === "tag" ? xTag.value : axis === "wall" ? "time" : axis === "relative" ? "seconds" : "step";
}
