/** The viewer's page: theme and state first, then the log is followed, then it is drawn. */

import { effect } from "@preact/signals";
import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "./styles/index.css";
import { publishForTests } from "./debug";
import { App } from "./frame/App";
import { watchAddress } from "./state/hash";
import { followLog, status } from "./state/log";
import { applyTheme } from "./state/theme";

const host = document.getElementById("app");
if (!host) throw new Error("the page has no #app");

applyTheme();
watchAddress();
followLog();
publishForTests();
effect(() => {
  const said = status.value;
  const folder = said?.logdir.split(/[\\/]/).filter(Boolean).at(-1);
  document.title = said?.window_title || (folder ? `${folder} · cellboard` : "cellboard");
});
render(<App />, host);
