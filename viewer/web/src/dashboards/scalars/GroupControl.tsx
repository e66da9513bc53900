import type { JSX } from "preact";
import { Icon } from "../../ui/Icon";
import { lazily } from "../../ui/lazily";
import { PanelButton } from "../../ui/PanelButton";
import { runGroups } from "./group_by";

const GroupPanel = lazily(async () => (await import("./GroupPanel")).GroupPanel);

/** Runs brought together: one line and a band for each group. */
export function GroupControl(): JSX.Element {
  const grouped = runGroups.value;
  return (
    <PanelButton
      label="Bring runs together in groups"
      look={grouped ? "choice-button chosen" : "choice-button roomy"}
      button={
        <>
          {grouped ? `Groups: ${grouped.groups.length}` : "Groups"}
          <Icon name="more" size={12} />
        </>
      }
      testId="groups"
      panelTestId="groups-panel"
    >
      {() => (
        <div class="group-panel">
          <GroupPanel />
        </div>
      )}
    </PanelButton>
  );
}
