import { type Dashboard, tagsOf } from "../dashboard";

export const histograms: Dashboard = {
  id: "histograms",
  title: "Histograms",
  icon: "histogram",
  words: "histograms",
  call: 'writer.add_histogram("weights/layer1", weights, step)',
  count: tagsOf("histograms"),
  load: async () => (await import("./HistogramsPage")).HistogramsPage,
};
