import type { JSX } from "preact";
import { runFilter } from "../../state/runs";
import { PanelButton } from "../../ui/PanelButton";

const EXAMPLES = [
  { query: "adam lr=0.1", does: "Both: the name holds adam and lr=0.1" },
  { query: "adam OR sgd", does: "One of the two" },
  { query: "-dropout", does: "Not; also NOT dropout" },
  { query: "(adam OR sgd) -dropout", does: "Parentheses group" },
  { query: '"warm up"', does: "Just these letters, blanks and signs too" },
  { query: "run[0-4].$", does: "A regular expression; /with blanks/ between slashes" },
  { query: "loss<0.3 lr>=1e-3", does: "Last value of a metric, value of a hyperparameter" },
  { query: "optimizer==adam", does: "Equal; also !=" },
  { query: "min(train/loss)<0.3", does: "Also max, mean, first, last" },
  { query: '"val loss"<=0.5', does: "A name with blanks" },
] as const;

/** What can be typed into the filter; a click tries it. */
export function FilterHelp(): JSX.Element {
  return (
    <PanelButton
      label="What can be typed here"
      look="filter-help-button"
      button="?"
      testId="filter-help"
      panelTestId="filter-help-panel"
    >
      {(close) => (
        <div class="filter-help">
          <h3 class="panel-title">Filter runs</h3>
          <dl>
            {EXAMPLES.map(({ query, does }) => (
              <div key={query}>
                <dt>
                  <button
                    type="button"
                    data-testid="filter-example"
                    title="Try it"
                    onClick={() => {
                      runFilter.text.value = query;
                      close();
                    }}
                  >
                    <code>{query}</code>
                  </button>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <p class="hint">Upper and lower case are the same. A metric may be named by the end of its name.</p>
        </div>
      )}
    </PanelButton>
  );
}
