import type { Dashboard } from "../dashboard";

export const customScalars: Dashboard = {
  id: "custom_scalars",
  title: "Custom scalars",
  icon: "layout",
  words: "layouts of scalars",
  call: 'writer.add_custom_scalars({"Training": {"losses": ["Multiline", ["loss/.*"]]}})',
  count: (log) => (log.has.custom_scalars ? 1 : 0),
  load: async () => (await import("./CustomScalarsPage")).CustomScalarsPage,
};
