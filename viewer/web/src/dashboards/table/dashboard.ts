import { TABLE_KEYS } from "../../ui/table/keys";
import { type Dashboard, tagsOf } from "../dashboard";

export const table: Dashboard = {
  id: "table",
  title: "Table",
  icon: "table",
  words: "scalars",
  call: 'writer.add_scalar("train/loss", loss, step)',
  count: tagsOf("scalars"),
  keys: TABLE_KEYS,
  load: async () => (await import("./TablePage")).TablePage,
};
