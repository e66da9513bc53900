/** Runs patterns off the page's thread, where one that never ends can be stopped. */

import { answer, type MatchRequest, READY } from "./match";

addEventListener("message", (event: MessageEvent<MatchRequest>) => postMessage(answer(event.data)));
postMessage(READY);
