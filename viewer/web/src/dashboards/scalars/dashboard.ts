import { type Dashboard, tagsOf } from "../dashboard";
import { ScalarsPage } from "./ScalarsPage";

export const scalars: Dashboard = {
  id: "scalars",
  title: "Scalars",
  icon: "chart",
  words: "scalars",
  call: 'writer.add_scalar("train/loss", loss, step)',
  count: tagsOf("scalars"),
  keys: [
    { keys: ["←", "→"], does: "Go along the points of a line (in a chart that has the focus)" },
    { keys: ["↑", "↓"], does: "Go to the line above or below" },
    { keys: ["p"], does: "Keep the tooltip open" },
    { keys: ["+", "-", "0"], does: "Zoom in, zoom out, show everything" },
    { keys: ["Shift ←", "Shift →"], does: "Pan; so does dragging with Shift, Space or the middle button" },
    { keys: ["Alt wheel"], does: "Zoom at the pointer" },
  ],
  load: async () => ScalarsPage,
};
