/** Runs patterns off the page's thread, where one that never ends can be stopped. */

import { type MatchAnswer, type MatchRequest, matchPattern } from "./match";

addEventListener("message", (event: MessageEvent<MatchRequest>) => {
  const { id, pattern, names } = event.data;
  const answer: MatchAnswer = { id, matched: matchPattern(pattern, names) };
  postMessage(answer);
});
