import type { JSX } from "preact";
import type { KeyHelp } from "../dashboards/dashboard";
import { Dialog } from "../ui/Dialog";
import { helpOpen } from "./help_state";
import { tab } from "./tabs";

const EVERYWHERE: readonly KeyHelp[] = [
  { keys: ["/"], does: "Go to the filter" },
  { keys: ["j"], does: "Next chart" },
  { keys: ["k"], does: "Previous chart" },
  { keys: ["f"], does: "Chart over the whole screen, and back" },
  { keys: ["Esc"], does: "Close what is open" },
  { keys: ["r"], does: "Read the log anew" },
  { keys: ["["], does: "Hide or show the run list" },
  { keys: ["?"], does: "This list" },
];

const RUN_LIST: readonly KeyHelp[] = [
  { keys: ["↑", "↓"], does: "Go from row to row; also Home, End, Page up, Page down" },
  { keys: ["→", "←"], does: "Open and close a folder" },
  { keys: ["Space"], does: "Tick, or untick" },
  { keys: ["Enter"], does: "Show only this, and all again" },
  { keys: ["c"], does: "Choose the run's colour" },
  { keys: ["Shift", "F10"], does: "More to do with it" },
];

/** The keys of the page, and of the dashboard that is open. */
export function HelpDialog(): JSX.Element | null {
  if (!helpOpen.value) return null;
  const { title, keys = [] } = tab.value;
  return (
    <Dialog
      title="Keys"
      testId="help"
      onClose={() => {
        helpOpen.value = false;
      }}
    >
      <Keys title="Everywhere" keys={EVERYWHERE} />
      <Keys title="Run list" keys={RUN_LIST} />
      {keys.length ? <Keys title={title} keys={keys} /> : null}
    </Dialog>
  );
}

function Keys({ title, keys }: { title: string; keys: readonly KeyHelp[] }): JSX.Element {
  return (
    <section class="keys">
      <h3>{title}</h3>
      <dl>
        {keys.map(({ keys: together, does }) => (
          <div key={does} data-testid="key">
            <dt>
              {together.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
