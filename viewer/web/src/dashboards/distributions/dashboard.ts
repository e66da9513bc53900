import { type Dashboard, tagsOf } from "../dashboard";

export const distributions: Dashboard = {
  id: "distributions",
  title: "Distributions",
  icon: "distribution",
  words: "histograms",
  call: 'writer.add_histogram("weights/layer1", weights, step)',
  count: tagsOf("histograms"),
  load: async () => (await import("./DistributionsPage")).DistributionsPage,
};
