import { type Dashboard, tagsOf } from "../dashboard";

export const prCurves: Dashboard = {
  id: "pr_curves",
  title: "PR curves",
  icon: "prCurve",
  words: "precision-recall curves",
  call: 'writer.add_pr_curve("digit/3", labels, predictions, step)',
  count: tagsOf("pr_curves"),
  load: async () => (await import("./PrCurvesPage")).PrCurvesPage,
};
