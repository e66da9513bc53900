/** Random numbers that are the same for the same seed. Source: Steele, Lea and Flood, SplitMix, with 32 bits. */

export type Random = () => number;

/** Evenly from 0 up to 1, 1 not among them. */
export function uniform(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let bits = state ^ (state >>> 16);
    bits = Math.imul(bits, 0x21f0aaad);
    bits ^= bits >>> 15;
    bits = Math.imul(bits, 0x735a2d97);
    return ((bits ^ (bits >>> 15)) >>> 0) / 4294967296;
  };
}

/** Normally, around 0 with a deviation of 1. Source: Box and Muller. */
export function gaussian(seed: number): Random {
  const random = uniform(seed);
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
