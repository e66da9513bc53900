import type { JSX } from "preact";
import { formatWallTime } from "../format/time";
import { saved } from "../saved/saved";
import { reloading, reloadNow, status } from "../state/log";
import {
  cardsPerPage,
  LEAST_PERIOD_S,
  MOST_CARDS,
  MOST_PERIOD_S,
  reloadPeriod,
  reloads,
  restoreDefaults,
} from "../state/settings";
import { chooseTheme, THEMES, theme } from "../state/theme";
import { Icon } from "../ui/Icon";
import { NumberField } from "../ui/NumberField";
import { PanelButton } from "../ui/PanelButton";
import { Segmented } from "../ui/Segmented";
import { Toggle } from "../ui/Toggle";
import { helpOpen } from "./help_state";

const WORDS = { system: "System", light: "Light", dark: "Dark" } as const;

/** What holds for all pages: reloading, cards on a page, theme. */
export function Settings(): JSX.Element {
  return (
    <PanelButton
      label="Settings"
      look="icon-button"
      button={<Icon name="settings" />}
      testId="settings"
      panelTestId="settings-panel"
    >
      {(close) => (
        <div class="settings">
          {saved ? null : <Reloading />}
          <section>
            <h3>Pages</h3>
            <NumberField
              label="Cards on a page, 0 for all"
              value={cardsPerPage.value}
              min={0}
              max={MOST_CARDS}
              whole
              testId="cards-per-page"
              onChange={(value) => {
                cardsPerPage.value = value;
              }}
            />
          </section>
          <section>
            <h3>Theme</h3>
            <Segmented
              label="Theme"
              choices={THEMES.map((value) => ({ value, text: WORDS[value] }))}
              value={theme.value}
              testId="theme"
              onChange={chooseTheme}
            />
          </section>
          <div class="settings-row">
            <button
              type="button"
              class="button"
              data-testid="open-help"
              onClick={() => {
                close();
                helpOpen.value = true;
              }}
            >
              Keys (?)
            </button>
            <button type="button" class="button" data-testid="restore-defaults" onClick={restoreDefaults}>
              Restore defaults
            </button>
          </div>
        </div>
      )}
    </PanelButton>
  );
}

function Reloading(): JSX.Element {
  return (
    <section>
      <h3>Reloading</h3>
      <Toggle label="Show what is new by itself" on={reloads} testId="reload-on" />
      <NumberField
        label="Every"
        unit="s"
        value={reloadPeriod.value}
        min={LEAST_PERIOD_S}
        max={MOST_PERIOD_S}
        testId="reload-period"
        disabled={!reloads.value}
        onChange={(value) => {
          reloadPeriod.value = value;
        }}
      />
      <div class="settings-row">
        <LastRead />
        <button
          type="button"
          class="button"
          disabled={reloading.value}
          data-testid="reload-now"
          onClick={() => void reloadNow()}
        >
          Reload now
        </button>
      </div>
    </section>
  );
}

function LastRead(): JSX.Element {
  const at = status.value?.loaded_at;
  return <span class="hint">{at ? `Read at ${formatWallTime(at)}` : "Not read yet"}</span>;
}
