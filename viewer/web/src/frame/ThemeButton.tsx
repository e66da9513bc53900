import type { JSX } from "preact";
import { chooseTheme, THEMES, type Theme, theme } from "../state/theme";
import type { IconName } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";

const LOOKS: Record<Theme, { icon: IconName; words: string }> = {
  system: { icon: "system", words: "as the system" },
  light: { icon: "sun", words: "light" },
  dark: { icon: "moon", words: "dark" },
};

/** Goes round system, light, dark. */
export function ThemeButton(): JSX.Element {
  const now = theme.value;
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length] ?? "system";
  return (
    <IconButton
      icon={LOOKS[now].icon}
      label={`Theme: ${LOOKS[now].words}. Change to ${LOOKS[next].words}`}
      onClick={() => chooseTheme(next)}
      testId="theme"
    />
  );
}
