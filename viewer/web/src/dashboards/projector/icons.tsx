import type { JSX } from "preact";

/** Drawings that only this page needs, on the same 20 × 20 grid as all others. */
const PATHS = {
  move: "M10 2.5v15 M2.5 10h15 M8 4.5l2-2 2 2 M8 15.5l2 2 2-2 M4.5 8l-2 2 2 2 M15.5 8l2 2-2 2",
  box: "M3 6V3h3 M9 3h2 M14 3h3v3 M17 9v2 M17 14v3h-3 M11 17H9 M6 17H3v-3 M3 11V9",
  lasso:
    "M10 4c4.4 0 7 1.8 7 4.3S14.400 13 10 13c-1.600 0-3-.2-4.100-.7 M5.900 12.300C4 11.500 3 10.100 3 8.300 3 5.800 5.600 4 10 4 M7.500 12.900c0 1.700-1.100 2.900-2.700 2.900-1.200 0-2-.7-2-1.600s.8-1.600 2-1.600c1.800 0 2.900 1.800 2.900 4.400",
  bookmark: "M5.500 3h9v14L10 13.500 5.500 17z",
  file: "M5 2.500h6.500L15 6v11.500H5z M11.500 2.500V6H15",
  shake: "M4 10a6 6 0 0 1 10.500-4 M16 10a6 6 0 0 1-10.500 4 M14.500 2.500V6H11 M5.500 17.500V14H9",
  isolate:
    "M10 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z M10 2v2.500 M10 15.500V18 M2 10h2.500 M15.500 10H18",
} as const;

export type OwnIconName = keyof typeof PATHS;

export function OwnIcon({ name, size = 16 }: { name: OwnIconName; size?: number }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** A square button with one of these. */
export function OwnIconButton(props: {
  icon: OwnIconName;
  label: string;
  pressed?: boolean;
  disabled?: boolean;
  testId: string;
  onClick(): void;
}): JSX.Element {
  return (
    <button
      type="button"
      class="icon-button"
      title={props.label}
      aria-label={props.label}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      data-testid={props.testId}
      onClick={props.onClick}
    >
      <OwnIcon name={props.icon} />
    </button>
  );
}
