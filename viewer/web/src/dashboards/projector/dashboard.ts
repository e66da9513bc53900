import type { Dashboard } from "../dashboard";

export const projector: Dashboard = {
  id: "projector",
  title: "Projector",
  icon: "scatter",
  words: "embeddings",
  call: "writer.add_embedding(features, metadata=labels, label_img=images)",
  count: (log) => (log.has.embeddings ? 1 : 0),
  isOne: true,
  keys: [
    { keys: ["←", "→", "↑", "↓"], does: "Turn the points; with Shift, or in 2D, move them" },
    { keys: ["+", "-"], does: "Nearer and away" },
    { keys: ["0"], does: "All in view again" },
    { keys: ["v"], does: "Drag moves the points" },
    { keys: ["b"], does: "Drag selects in a box; Shift adds" },
    { keys: ["l"], does: "Drag selects in a loop; Shift adds" },
    { keys: ["i"], does: "Work with the selected points alone, and with all again" },
    { keys: ["Esc"], does: "Let go of the selection" },
  ],
  load: async () => (await import("./ProjectorPage")).ProjectorPage,
};
