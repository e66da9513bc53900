import { type Dashboard, tagsOf } from "../dashboard";

export const texts: Dashboard = {
  id: "texts",
  title: "Text",
  icon: "text",
  words: "texts",
  call: 'writer.add_text("notes", "**what** changed", step)',
  count: tagsOf("texts"),
  load: async () => (await import("./TextsPage")).TextsPage,
};
