import { type Dashboard, tagsOf } from "../dashboard";

export const audio: Dashboard = {
  id: "audio",
  title: "Audio",
  icon: "audio",
  words: "audio",
  call: 'writer.add_audio("speech", samples, step, sample_rate=16000)',
  count: tagsOf("audio"),
  load: async () => (await import("./AudioPage")).AudioPage,
};
