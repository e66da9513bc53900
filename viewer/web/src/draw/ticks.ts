/** Where an axis has its ticks. */

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
const DURATION_STEPS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100].map((count) => count * DAY),
];

/** The least of 1, 2, 2.5, 5 × 10^k that is not below `rough`. */
export function niceStep(rough: number, whole = false): number {
  if (!(rough > 0) || !Number.isFinite(rough)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  const step = factor * power;
  return whole ? Math.max(1, Math.ceil(step)) : step;
}

/** The distance between ticks of a time span in seconds: whole minutes, hours and days above a second. */
export function durationStep(rough: number): number {
  if (rough < 1) return niceStep(rough);
  return DURATION_STEPS.find((step) => step >= rough) ?? niceStep(rough / DAY) * DAY;
}

/** Multiples of `step` from `low` to `high`, at most `most` of them. */
export function multiples(low: number, high: number, step: number, most = 64): number[] {
  if (!(step > 0) || !(high >= low)) return [];
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const ticks: number[] = [];
  for (let i = first; i <= last && ticks.length < most; i++)
    ticks.push(i === 0 ? 0 : Number((i * step).toPrecision(15)));
  return ticks;
}

/** Ticks of the clock in the reader's time zone: whole seconds, minutes, hours, days of local time. */
export function clockTicks(low: number, high: number, count: number): number[] {
  const zone = -new Date(low * 1000).getTimezoneOffset() * MINUTE;
  const step = durationStep((high - low) / Math.max(1, count));
  return multiples(low + zone, high + zone, step).map((tick) => tick - zone);
}

/** Ticks of a linear axis that has room for `count` of them. */
export function linearTicks(low: number, high: number, count: number, whole = false): number[] {
  return multiples(low, high, niceStep((high - low) / Math.max(1, count), whole));
}

/** Ticks of a logarithmic axis: powers of ten, 2 and 5 times them where there is room, linear within a decade. */
export function logTicks(low: number, high: number, count: number): number[] {
  if (!(low > 0) || !(high > low)) return [];
  const decades = Math.log10(high / low);
  if (decades < 1) return linearTicks(low, high, count).filter((tick) => tick > 0);
  const factors = decades * 3 <= count ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(decades / Math.max(1, count)));
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    if (power % stride !== 0) continue;
    for (const factor of factors) {
      const tick = factor * 10 ** power;
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick);
    }
  }
  return ticks;
}

/**
 * Ticks of an axis by asinh(value / threshold): zero, powers of ten from the threshold on up and down where there is
 * room; evenly spaced ones where the axis reaches over less than that.
 */
export function symlogTicks(
  low: number,
  high: number,
  count: number,
  threshold: number,
  place: (value: number) => number,
  whole = false,
): number[] {
  if (!(high > low)) return [];
  const gap = (0.7 * (place(high) - place(low))) / Math.max(1, count);
  const first = Math.ceil(Math.log10(threshold) - 1e-9);
  const last = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high))));
  const ticks: number[] = low <= 0 && high >= 0 ? [0] : [];
  // From the greatest on down, as far as they stand apart.
  for (let power = last; power >= first; power--) {
    for (const tick of [10 ** power, -(10 ** power)]) {
      const isApart = ticks.every((other) => Math.abs(place(other) - place(tick)) >= gap);
      if (tick >= low && tick <= high && isApart && (!whole || Number.isInteger(tick))) ticks.push(tick);
    }
  }
  const found = ticks.sort((a, b) => a - b);
  return found.length >= 3 ? found : linearTicks(low, high, count, whole);
}
