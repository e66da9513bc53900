import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { isColor } from "../../runs/groups";
import { MORE_COLORS, SAFE_COLORS } from "../../runs/palette";
import { chooseColor, chosenColors, chosenOrGiven } from "../../state/run_colors";

import { Name } from "../../ui/Name";
import { closePanel } from "./panels";
import { RowBox } from "./RowBox";

const PALETTES = [
  { title: "Apart for colour-blind eyes", colors: SAFE_COLORS },
  { title: "More", colors: MORE_COLORS },
];

/** The colour of one run: of a palette, or any. */
export function ColorPanel({ run, anchor }: { run: string; anchor: HTMLElement }): JSX.Element {
  const own = chosenColors.value.get(run);
  const now = chosenOrGiven(run);
  const typed = useSignal<string | null>(null);
  const choose = (color: string | null): void => {
    typed.value = null;
    chooseColor([run], color);
  };
  return (
    <RowBox anchor={anchor} label={`Colour of ${run}`} look="color-panel" testId="color-panel" onClose={closePanel}>
      <h3 class="panel-title">
        <Name text={run} />
      </h3>
      {PALETTES.map(({ title, colors }) => (
        <fieldset key={title} class="palette">
          <legend>{title}</legend>
          {colors.map((color) => (
            <button
              key={color}
              type="button"
              class="palette-color"
              style={{ background: color }}
              aria-label={color}
              title={color}
              aria-pressed={now === color}
              data-first={now === color || undefined}
              data-testid="palette-color"
              onClick={() => choose(color)}
            />
          ))}
        </fieldset>
      ))}
      <div class="color-own">
        <input
          type="color"
          aria-label="Any colour"
          value={isColor(now) ? now : "#000000"}
          data-testid="color-any"
          onChange={(event) => choose(event.currentTarget.value)}
        />
        <input
          type="text"
          class="number-field color-hex"
          aria-label="Colour as #rrggbb"
          aria-invalid={typed.value !== null}
          spellcheck={false}
          maxLength={7}
          value={typed.value ?? now}
          data-testid="color-hex"
          onChange={(event) => {
            const color = `#${event.currentTarget.value.trim().replace(/^#/, "")}`;
            if (isColor(color)) choose(color.toLowerCase());
            else typed.value = event.currentTarget.value;
          }}
        />
        <button
          type="button"
          class="button"
          disabled={own === undefined}
          data-testid="color-reset"
          onClick={() => choose(null)}
        >
          Reset
        </button>
      </div>
      {typed.value === null ? null : <p class="panel-mistake">Six digits of 0–9 and a–f, such as #ff9100</p>}
    </RowBox>
  );
}
