/** One sound plays at a time. */

let current: HTMLAudioElement | null = null;

/** Whatever else plays falls silent. */
export function takeTurn(audio: HTMLAudioElement): void {
  if (current !== audio) current?.pause();
  current = audio;
}

export function giveUpTurn(audio: HTMLAudioElement): void {
  audio.pause();
  if (current === audio) current = null;
}
