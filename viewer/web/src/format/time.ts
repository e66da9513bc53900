/** Wall times and durations, in the reader's time zone. */

const pad = (value: number, width = 2): string => String(value).padStart(width, "0");

/** `14:03:07`, with the date before it if that is not today. */
export function formatWallTime(seconds: number, now: Date = new Date()): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "–";
  const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  if (date.toDateString() === now.toDateString()) return clock;
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${clock}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The same in few letters, for places without room: `14:03:07`, `14 Nov 22:27`, `14 Nov 2023`. */
export function formatWhen(seconds: number, now: Date = new Date()): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime()) || date.toDateString() === now.toDateString()) return formatWallTime(seconds, now);
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  if (date.getFullYear() !== now.getFullYear()) return `${day} ${date.getFullYear()}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** `0.35 s`, `42 s`, `3m 07s`, `2h 05m`, `4d 03h`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  const sign = seconds < 0 ? "−" : "";
  const size = Math.abs(seconds);
  if (size < 1e-3) return size === 0 ? "0 s" : `${sign}${(size * 1e6).toPrecision(3)} µs`;
  if (size < 1) return `${sign}${Number((size * 1e3).toPrecision(3))} ms`;
  if (size < 59.95) return `${sign}${Number(size.toFixed(size < 10 ? 2 : 1))} s`;
  const whole = Math.round(size);
  if (whole < 3600) return `${sign}${Math.floor(whole / 60)}m ${pad(whole % 60)}s`;
  if (whole < 86400) return `${sign}${Math.floor(whole / 3600)}h ${pad(Math.floor((whole % 3600) / 60))}m`;
  return `${sign}${Math.floor(whole / 86400)}d ${pad(Math.floor((whole % 86400) / 3600))}h`;
}

/** A time of day on an axis whose ticks lie `gap` seconds apart; at midnight, and beyond days, the date. */
export function formatClockTick(seconds: number, gap: number): string {
  const date = new Date(seconds * 1000);
  const [hours, minutes] = [date.getHours(), date.getMinutes()];
  if (gap >= 86400 || (hours === 0 && minutes === 0 && date.getSeconds() === 0)) {
    return `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  }
  const clock = `${pad(hours)}:${pad(minutes)}`;
  if (gap >= 60) return clock;
  const rest = gap < 1 ? (seconds % 60).toFixed(Math.min(3, Math.ceil(-Math.log10(gap)))) : String(date.getSeconds());
  return `${clock}:${rest.padStart(gap < 1 ? rest.length : 2, "0")}`;
}

/** A duration on an axis whose ticks lie `gap` seconds apart: `1:30`, `2:05:00`, `45s`, `0.2s`, `3d`. */
export function formatDurationTick(seconds: number, gap: number): string {
  const sign = seconds < 0 ? "−" : "";
  const size = Math.abs(seconds);
  if (size === 0) return "0";
  if (gap < 1) return `${sign}${size.toFixed(Math.min(6, Math.ceil(-Math.log10(gap) - 1e-9)))}s`;
  const whole = Math.round(size);
  if (gap >= 86400 && whole % 86400 === 0) return `${sign}${whole / 86400}d`;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (hours && gap >= 3600 && whole % 3600 === 0) return `${sign}${hours}h`;
  if (hours && gap >= 60) return `${sign}${hours}h${pad(minutes)}`;
  if (hours) return `${sign}${hours}:${pad(minutes)}:${pad(whole % 60)}`;
  if (gap >= 60 && whole % 60 === 0) return `${sign}${minutes}m`;
  return whole < 60 ? `${sign}${whole}s` : `${sign}${minutes}:${pad(whole % 60)}`;
}
