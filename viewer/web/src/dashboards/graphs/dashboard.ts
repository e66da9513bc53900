import { type Dashboard, tagsOf } from "../dashboard";

export const graphs: Dashboard = {
  id: "graphs",
  title: "Graphs",
  icon: "graph",
  words: "graphs",
  call: "writer.add_graph(model, example_input)",
  count: tagsOf("graphs"),
  isOne: true,
  keys: [
    { keys: ["↑", "↓", "←", "→"], does: "In a graph: to the next box that way, rather along an edge" },
    { keys: ["Tab"], does: "In a graph: to the next box as one reads" },
    { keys: ["Enter"], does: "In a graph: open or close the box" },
    { keys: ["+", "−", "0"], does: "In a graph: nearer, further, all of it" },
    { keys: ["Shift ↑ ↓ ← →"], does: "In a graph: move the view" },
    { keys: ["Esc"], does: "In a graph: end the trace, then choose nothing" },
  ],
  load: async () => (await import("./GraphsPage")).GraphsPage,
};
