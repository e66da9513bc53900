/** Numbers as people read them in charts: short, and wide enough to tell neighbours apart. */

const MINUS = "−";

const signed = (text: string): string => text.replace(/^-/, MINUS);

/** About five digits: `0.0234`, `1234.5`, `1.2e−7`; `NaN`, `∞`, `−∞`. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return formatExponent(value, 4);
  return signed(trimZeros(value.toPrecision(size >= 1e5 ? 6 : 5)));
}

function formatExponent(value: number, digits: number): string {
  const [mantissa = "", exponent = ""] = value.toExponential(digits - 1).split("e");
  return signed(`${trimZeros(mantissa)}e${exponent.replace("+", "").replace("-", MINUS)}`);
}

const trimZeros = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** A whole number with thin spaces between thousands. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return formatValue(value);
  if (!Number.isInteger(value)) return formatValue(value);
  return signed(String(value)).replace(/\B(?=(\d{3})+$)/g, "\u2009");
}

/** Labels of evenly spaced ticks: as many decimals as their distance needs, one notation for all of them. */
export function formatTicks(ticks: readonly number[]): string[] {
  const largest = Math.max(0, ...ticks.map(Math.abs).filter(Number.isFinite));
  const gap = smallestGap(ticks) || largest || 1;
  if (largest >= 1e5 || (largest > 0 && largest < 1e-3)) {
    const digits = 1 + Math.max(0, Math.floor(Math.log10(largest)) - decade(gap));
    return ticks.map((tick) => (tick === 0 ? "0" : formatExponent(tick, Math.min(digits, 8))));
  }
  const decimals = Math.min(8, Math.max(0, -decade(gap)));
  return ticks.map((tick) => signed(tick.toFixed(decimals)));
}

/** Exponent of ten of a tick distance; 0.25 needs two decimals, not one. */
function decade(gap: number): number {
  const exponent = Math.floor(Math.log10(gap) + 1e-9);
  const lead = gap / 10 ** exponent;
  return Math.abs(lead - Math.round(lead)) < 1e-6 ? exponent : exponent - 1;
}

function smallestGap(ticks: readonly number[]): number {
  let gap = Number.POSITIVE_INFINITY;
  for (let i = 1; i < ticks.length; i++) gap = Math.min(gap, Math.abs((ticks[i] ?? 0) - (ticks[i - 1] ?? 0)));
  return Number.isFinite(gap) ? gap : 0;
}

/** Bytes as `12 KB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${trimZeros((bytes / 1e3).toPrecision(3))} KB`;
  if (bytes < 1e9) return `${trimZeros((bytes / 1e6).toPrecision(3))} MB`;
  return `${trimZeros((bytes / 1e9).toPrecision(3))} GB`;
}
