import type { Runs } from "../../api/types";
import type { Dashboard } from "../dashboard";
import { TimeSeriesPage } from "./TimeSeriesPage";

export const timeseries: Dashboard = {
  id: "timeseries",
  title: "Time series",
  icon: "series",
  words: "scalars, images or histograms",
  call: 'writer.add_scalar("train/loss", loss, step)',
  count: ({ tags }: Runs) => tags.scalars.length + tags.images.length + tags.histograms.length,
  load: async () => TimeSeriesPage,
};
