import type { JSX } from "preact";
import { Icon, type IconName } from "./Icon";

interface Props {
  icon: IconName;
  label: string;
  onClick(): void;
  pressed?: boolean;
  testId?: string;
}

/** A square button with a drawing; `label` is its name for tooltips and screen readers. */
export function IconButton({ icon, label, onClick, pressed, testId }: Props): JSX.Element {
  return (
    <button
      type="button"
      class="icon-button"
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      data-testid={testId}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
