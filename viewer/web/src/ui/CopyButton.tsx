import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { copyText } from "./copy";
import { Icon, type IconName } from "./Icon";

interface Props {
  /** What it copies, as the button's name: "Copy link". */
  label: string;
  /** Written beside the drawing; without it the drawing stands alone. */
  words?: string;
  icon?: IconName;
  text(): string;
  testId?: string;
}

const SAID_MS = 1600;

/** Copies a text, and says for a moment that it did. */
export function CopyButton({ label, words, icon = "copy", text, testId }: Props): JSX.Element {
  const said = useSignal<"" | "Copied" | "Not copied">("");
  useEffect(() => {
    if (!said.value) return;
    const timer = setTimeout(() => {
      said.value = "";
    }, SAID_MS);
    return () => clearTimeout(timer);
  }, [said.value]);
  const copy = async (): Promise<void> => {
    said.value = (await copyText(text())) ? "Copied" : "Not copied";
  };
  return (
    <button
      type="button"
      class={words ? "button with-icon" : "icon-button"}
      title={said.value || label}
      aria-label={label}
      data-testid={testId}
      data-said={said.value}
      onClick={() => void copy()}
    >
      <Icon name={said.value === "Copied" ? "check" : icon} size={words ? 14 : 16} />
      {words ? said.value || words : null}
      <span class="for-screen-readers" role="status">
        {said.value}
      </span>
    </button>
  );
}
