import type { JSX } from "preact";
import { Icon, type IconName } from "./Icon";

interface Props {
  icon: IconName;
  label: string;
  onClick(): void;
  pressed?: boolean | undefined;
  disabled?: boolean | undefined;
  testId?: string | undefined;
  class?: string;
}

/** A square button with a drawing; `label` is its name for tooltips and screen readers. */
export function IconButton({ icon, label, onClick, pressed, disabled, testId, class: extra = "" }: Props): JSX.Element {
  return (
    <button
      type="button"
      class={extra ? `icon-button ${extra}` : "icon-button"}
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled}
      data-testid={testId}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
