import type { JSX } from "preact";

/** A notebook cell with a curve in it. */
export function Logo(): JSX.Element {
  return (
    <span class="logo">
      <svg width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <rect class="logo-cell" x="2" y="2" width="20" height="20" rx="5" />
        <path class="logo-curve" d="M6 7c1.5 0 2 8.5 6 8.5h6" />
        <circle class="logo-point" cx="18" cy="15.5" r="2" />
      </svg>
      <span class="logo-name">cellboard</span>
    </span>
  );
}
