import { type Dashboard, tagsOf } from "../dashboard";

export const images: Dashboard = {
  id: "images",
  title: "Images",
  icon: "image",
  words: "images",
  call: 'writer.add_image("samples", image, step)',
  count: tagsOf("images"),
  load: async () => (await import("./ImagesPage")).ImagesPage,
};
