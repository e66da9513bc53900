import type { JSX } from "preact";
import { dashOf } from "../../draw/colors";
import { formatCount } from "../../format/numbers";
import { NO_GROUP_COLOR } from "../../runs/groups";
import { drawnColor, grouping } from "../../state/run_colors";
import { Name } from "../../ui/Name";
import { Swatch } from "../../ui/Swatch";

const MOST_ROWS = 100;

/** The groups that there are, each with its colour and how many runs it has. */
export function GroupPreview(): JSX.Element | null {
  const found = grouping.value;
  if (!found) return null;
  const { groups, rest } = found;
  const more = groups.length - MOST_ROWS;
  return (
    <div class="group-preview">
      <p class="control-label">{groups.length === 1 ? "1 group" : `${formatCount(groups.length)} groups`}</p>
      <ul>
        {groups.slice(0, MOST_ROWS).map(({ key, color, lap, count }) => (
          <li key={key} data-testid="color-group" data-key={key} data-count={count} data-color={drawnColor(color)}>
            <Swatch color={drawnColor(color)} dash={dashOf(lap)} />
            {key ? <Name text={key} /> : <span class="hint">none</span>}
            <span class="count">{formatCount(count)}</span>
          </li>
        ))}
        {rest ? (
          <li data-testid="color-rest" data-count={rest}>
            <Swatch color={drawnColor(NO_GROUP_COLOR)} dash={dashOf(0)} />
            <span class="hint">in no group</span>
            <span class="count">{formatCount(rest)}</span>
          </li>
        ) : null}
      </ul>
      {more > 0 ? <p class="hint">and {formatCount(more)} more</p> : null}
    </div>
  );
}
