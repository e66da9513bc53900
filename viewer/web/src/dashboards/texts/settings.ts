/** How texts are shown. */

import { flagCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";

/** Show the characters as logged, without rendering Markdown. */
export const rawText = hashSignal<boolean>("raw", false, flagCodec);
