import { TABLE_KEYS } from "../../ui/table/keys";
import type { Dashboard } from "../dashboard";

export const hparams: Dashboard = {
  id: "hparams",
  title: "HParams",
  icon: "parallel",
  words: "hyperparameters",
  call: 'writer.add_hparams({"lr": 0.1, "net": "cnn"}, {"val/loss": loss})',
  count: (log) => (log.has.hparams ? 1 : 0),
  isOne: true,
  keys: TABLE_KEYS,
  load: async () => (await import("./HParamsPage")).HParamsPage,
};
