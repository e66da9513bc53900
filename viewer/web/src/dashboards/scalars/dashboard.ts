import { type Dashboard, tagsOf } from "../dashboard";
import { ScalarsPage } from "./ScalarsPage";

export const scalars: Dashboard = {
  id: "scalars",
  title: "Scalars",
  icon: "chart",
  words: "scalars",
  call: 'writer.add_scalar("train/loss", loss, step)',
  count: tagsOf("scalars"),
  load: async () => ScalarsPage,
};
