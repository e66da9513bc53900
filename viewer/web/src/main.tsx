/** The viewer's page: theme and state first, then the log is followed, then it is drawn. */

import { effect } from "@preact/signals";
import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "./styles/index.css";
import { askThrough } from "./api/client";
import { publishForTests } from "./debug";
import { App } from "./frame/App";
import { sayThatItIsThere } from "./frame/hosting";
import { isRecording, recorded } from "./saved/recorder";
import { replay } from "./saved/replay";
import { saved } from "./saved/saved";
import { watchAddress } from "./state/hash";
import { followLog, status } from "./state/log";
import { applyTheme } from "./state/theme";

const host = document.getElementById("app");
if (!host) throw new Error("the page has no #app");

const answers = saved?.answers;
if (answers) askThrough(() => replay(answers));
else if (isRecording) askThrough(recorded);
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
sayThatItIsThere();
