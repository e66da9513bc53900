/** Light, dark, or as the system has it. CSS decides the colours; here is only which of them apply. */

import { computed, effect, signal } from "@preact/signals";
import { choiceCodec } from "./codecs";
import { hashSignal } from "./hash";
import { recall, remember } from "./storage";

export type Theme = "system" | "light" | "dark";
export const THEMES: readonly Theme[] = ["system", "light", "dark"];

const codec = choiceCodec(THEMES);
const remembered = codec.read([recall("theme") ?? ""]) ?? "system";

const inAddress = hashSignal<Theme | "">("theme", "", choiceCodec(["", ...THEMES]));
export const theme = computed<Theme>(() => inAddress.value || remembered);

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const systemIsDark = signal(systemDark.matches);
systemDark.addEventListener("change", (event) => {
  systemIsDark.value = event.matches;
});

/** What is on the screen; drawing code reads it to know when colours change. */
export const appearance = computed<"light" | "dark">(() =>
  theme.value === "system" ? (systemIsDark.value ? "dark" : "light") : theme.value,
);

export function chooseTheme(choice: Theme): void {
  inAddress.value = choice;
  remember("theme", choice);
}

export function applyTheme(): void {
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
  });
}
