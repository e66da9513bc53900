/** How sounds are played. */

import { numberCodec } from "../../state/codecs";
import { hashSignal } from "../../state/hash";

/** 0..1. */
export const volume = hashSignal<number>("audio-volume", 1, numberCodec(0, 1));
