/** What stands on the axis of progress: steps, time since a run's start, or the clock. One choice for all pages. */

import type { XAxis } from "../api/client";
import { choiceCodec } from "./codecs";
import { hashSignal } from "./hash";

export const xAxis = hashSignal<XAxis>("x", "step", choiceCodec(["step", "relative", "wall"]));
