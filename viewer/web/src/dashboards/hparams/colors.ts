/** The page's colours for the drawings of this page. */

import { cssColor } from "../../draw/colors";
import type { Colors } from "./parallel/paint";

export function drawingColors(): Colors {
  return {
    surface: cssColor("--surface"),
    text: cssColor("--text-muted"),
    axis: cssColor("--axis-text"),
    line: cssColor("--border-strong"),
    faint: cssColor("--border"),
    accent: cssColor("--accent"),
    accentSoft: cssColor("--accent-soft"),
  };
}
