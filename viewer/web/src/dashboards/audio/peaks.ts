/** The outline of a sound. */

import { peaksOf, readWav } from "./wav";

/** For each column the least and the greatest sample, within [-1, 1]. */
export interface Peaks {
  low: Float32Array;
  high: Float32Array;
}

const COLUMNS = 480;
/** What is packed may unfold to a hundred times as much. */
const MOST_PACKED_BYTES = 2e6;
const RATE = 8000;

/** The outline of a clip; null if the browser cannot tell, or not at a price that a picture is worth. */
export async function outline(clip: Blob): Promise<Peaks | null> {
  const bytes = await clip.arrayBuffer();
  const wav = readWav(bytes);
  if (wav) return peaksOf(wav, COLUMNS);
  if (clip.size > MOST_PACKED_BYTES) return null;
  try {
    const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(bytes);
    const channels = Array.from({ length: sound.numberOfChannels }, (_, channel) => sound.getChannelData(channel));
    return peaksOf(
      {
        channels: channels.length,
        frames: sound.length,
        sample: (at) => channels[at % channels.length]?.[Math.floor(at / channels.length)] ?? 0,
      },
      COLUMNS,
    );
  } catch {
    return null;
  }
}
