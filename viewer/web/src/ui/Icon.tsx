import type { JSX } from "preact";

const PATHS = {
  chart: "M3 3v14h14 M6 12l3-4 3 2 4-5",
  image: "M3 4h14v12H3z M3 13l4-4 4 4 2-2 4 4 M13.5 7.5h.01",
  histogram: "M3 16h14 M3 16c3 0 4-9 7-9s4 9 7 9 M3 11c2 0 3-3 5-3.5",
  distribution: "M3 9c4 0 5-4 14-4 M3 11c4 0 5 0 14-1 M3 13c4 0 5 3 14 2",
  prCurve: "M3 3v14h14 M4 5c7 0 11 2 12 11",
  edit: "M4 16l.8-3.2L13.5 4l2.5 2.5-8.8 8.7z M12 5.5L14.5 8",
  layout: "M3 4h6v5H3z M11 4h6v5h-6z M3 11h14v5H3z",
  mesh: "M10 2.5l6.5 3.7v7.6L10 17.5l-6.5-3.7V6.2z M3.5 6.2L10 10l6.5-3.8 M10 10v7.5",
  scatter: "M3 3v14h14 M7 12.5h.01 M9.5 8h.01 M12 11h.01 M14 5.5h.01 M15.5 9h.01 M6.5 6.5h.01",
  text: "M4 5h12 M4 9h12 M4 13h8",
  pause: "M7 4v12 M13 4v12",
  back: "M12 5l-5 5 5 5",
  download: "M10 3v10 M5.5 9l4.5 4.5L14.5 9 M4 17h12",
  swap: "M4 7h11 M12 4l3 3-3 3 M16 13H5 M8 10l-3 3 3 3",
  sides: "M7 6l-4 4 4 4 M13 6l4 4-4 4",
  audio: "M3 10h1 M6 7v6 M9 4v12 M12 7v6 M15 5.5v9 M18 10h-1",
  sidebar: "M3 4h14v12H3z M8 4v12",
  search: "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z M13 13l4 4",
  close: "M5 5l10 10 M15 5L5 15",
  chevron: "M7 5l5 5-5 5",
  expand: "M8 3H3v5 M12 17h5v-5 M3 3l5 5 M17 17l-5-5",
  shrink: "M3 8h5V3 M17 12h-5v5 M8 8L3 3 M12 12l5 5",
  reset: "M4 10a6 6 0 1 0 2-4.5 M4 3v4h4",
  warning: "M10 3l8 14H2z M10 8v4 M10 14.5v.01",
  sun: "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M10 2v2 M10 16v2 M2 10h2 M16 10h2 M4.3 4.3l1.4 1.4 M14.3 14.3l1.4 1.4 M4.3 15.7l1.4-1.4 M14.3 5.7l1.4-1.4",
  moon: "M16 12.5A7 7 0 0 1 7.5 4a6.5 6.5 0 1 0 8.5 8.5z",
  system: "M3 4h14v9H3z M7 17h6 M10 13v4",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14z M10 9v4.5 M10 6.5v.01",
  series: "M3 15l4-6 3 3 3-5 4 3 M3 17h14 M5 4h3 M11 4h4",
  pin: "M7.5 3h5l-.5 5 2.5 3h-9L8 8z M10 11v6",
  plus: "M10 4v12 M4 10h12",
  fold: "M6 8l4-4 4 4 M6 12l4 4 4-4",
  unfold: "M6 4l4 4 4-4 M6 16l4-4 4 4",
  copy: "M7 7h9v9H7z M13 7V4H4v9h3",
  play: "M6 4l9 6-9 6z",
  more: "M5 8l5 5 5-5",
  previous: "M12 5l-5 5 5 5",
  next: "M8 5l5 5-5 5",
  check: "M4 10.5l4 4 8-9",
  full: "M3 7V3h4 M13 3h4v4 M17 13v4h-4 M7 17H3v-4",
  windowed: "M7 3v4H3 M17 7h-4V3 M13 17v-4h4 M3 13h4v4",
  reload: "M16.5 10a6.5 6.5 0 1 1-1.9-4.6L17 7.8 M17 3.5v4.3h-4.3",
  settings: "M3 6.5h7 M14 6.5h3 M12 4.5v4 M3 13.5h3 M10 13.5h7 M8 11.5v4",
  link: "M8.5 11.5a3.5 3.5 0 0 0 5 0l2.5-2.5a3.5 3.5 0 0 0-5-5l-1 1 M11.5 8.5a3.5 3.5 0 0 0-5 0L4 11a3.5 3.5 0 0 0 5 5l1-1",
  funnel: "M3 5h14l-5.5 6.5V16l-3 1.5v-6z",
  dots: "M10 4.6v.8 M10 9.6v.8 M10 14.6v.8",
  table: "M3 4h14v12H3z M3 8h14 M8 8v8",
  columns: "M3 4h14v12H3z M7.7 4v12 M12.3 4v12",
  parallel: "M4 3v14 M10 3v14 M16 3v14 M4 6l6 7 6-8 M4 13l6-8 6 9",
  order: "M6 4v12 M3 13l3 3 3-3 M11 5h6 M11 10h4 M11 15h2",
  palette:
    "M10 3a7 7 0 1 0 0 14c1.5 0 1.8-1 1.3-2-.6-1.2.2-2.5 1.7-2.5h2c1.2 0 2-.8 2-2C17 6.3 14 3 10 3z M6.5 9h.01 M9 6.2h.01 M12.8 7h.01",
  up: "M10 16V4 M5 9l5-5 5 5",
  down: "M10 4v12 M5 11l5 5 5-5",
  graph: "M8 3h4v4H8z M3 13h4v4H3z M13 13h4v4h-4z M10 7v3 M5 13v-3h10v3",
  map: "M3 4h14v12H3z M10 10h5v4h-5z",
  sidebarRight: "M3 4h14v12H3z M12 4v12",
  minus: "M4 10h12",
  right: "M4 10h12 M11 5l5 5-5 5",
} as const;

export type IconName = keyof typeof PATHS;

/** One of our own line drawings on a 20 × 20 grid, in the colour of the text around it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
