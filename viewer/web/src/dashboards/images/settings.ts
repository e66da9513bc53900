/** How large image cards are. */

import { numberCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";

export const LEAST_SIZE = 120;
export const MOST_SIZE = 800;
const USUAL_SIZE = 240;

/** Width of an image card in CSS pixels, at least. */
export const imageSize = hashSignal<number>("size", USUAL_SIZE, numberCodec(LEAST_SIZE, MOST_SIZE));
