import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { DASHBOARDS } from "../dashboards/all";
import type { Dashboard } from "../dashboards/dashboard";
import { saved } from "../saved/saved";
import { catalog } from "../state/log";
import { Icon } from "../ui/Icon";
import { Menu, type MenuItem } from "../ui/Menu";
import { useSize } from "../ui/use";
import { fittingTabs } from "./tab_fit";
import { openTab, tab } from "./tabs";

const GAP = 4;

/** Room that the button of the menu takes, and the room for each tab, as they are laid out. */
interface Widths {
  tabs: readonly number[];
  more: number;
}

/** The dashboards that have something to show, as far as there is room; the others behind "More". */
export function Tabs(): JSX.Element {
  const bar = useRef<HTMLElement>(null);
  const ruler = useRef<HTMLDivElement>(null);
  const size = useSize(bar);
  const measured = useSignal<Widths>({ tabs: [], more: 0 });
  const log = catalog.value;
  const current = tab.value;
  const counts = new Map(DASHBOARDS.map((dashboard) => [dashboard.id, log ? dashboard.count(log) : 0]));
  const withData = DASHBOARDS.filter(({ id }) => counts.get(id));
  // A saved page holds one dashboard.
  const all = saved ? [current] : DASHBOARDS;
  const candidates = all.filter((dashboard) => counts.get(dashboard.id) || dashboard === current);
  const fitting = fittingTabs(measured.value.tabs, candidates.indexOf(current), {
    width: size.value.width,
    more: measured.value.more,
    gap: GAP,
    needsMenu: candidates.length < all.length,
  });
  const shown = new Set(fitting.map((index) => candidates[index]));

  // Its size changes with fonts, counts and the width of the window, all of which draw the bar anew.
  useLayoutEffect(() => {
    const widths = [...(ruler.current?.children ?? [])].map((child) => Math.ceil(child.getBoundingClientRect().width));
    const more = widths.pop() ?? 0;
    if (widths.join() !== measured.peek().tabs.join() || more !== measured.peek().more) {
      measured.value = { tabs: widths, more };
    }
  });

  const item = (dashboard: Dashboard): MenuItem => ({
    key: dashboard.id,
    text: dashboard.title,
    icon: dashboard.icon,
    note: (!dashboard.isOne && counts.get(dashboard.id)) || undefined,
    dim: !counts.get(dashboard.id),
    testId: `tab-${dashboard.id}`,
    choose: () => openTab(dashboard.id),
  });
  const hidden = all.filter((dashboard) => !shown.has(dashboard));
  return (
    <nav
      class="tabs"
      aria-label="Pages"
      ref={bar}
      data-with-data={log ? withData.map(({ id }) => id).join(" ") : undefined}
    >
      {candidates
        .filter((dashboard) => shown.has(dashboard))
        .map((dashboard) => (
          <button
            key={dashboard.id}
            type="button"
            class={counts.get(dashboard.id) ? "tab" : "tab dim"}
            aria-current={dashboard === current ? "page" : undefined}
            data-testid={`tab-${dashboard.id}`}
            onClick={() => openTab(dashboard.id)}
          >
            <TabLabel dashboard={dashboard} count={counts.get(dashboard.id) ?? 0} />
          </button>
        ))}
      {hidden.length ? (
        <Menu
          label="More pages"
          look="tab"
          testId="more-tabs"
          sections={[
            { items: hidden.filter(({ id }) => counts.get(id)).map(item) },
            { title: "Nothing in this log", items: hidden.filter(({ id }) => !counts.get(id)).map(item) },
          ]}
        >
          <More />
        </Menu>
      ) : null}
      <div class="tab-ruler" ref={ruler} aria-hidden="true">
        {candidates.map((dashboard) => (
          <span key={dashboard.id} class="tab" aria-current={dashboard === current ? "page" : undefined}>
            <TabLabel dashboard={dashboard} count={counts.get(dashboard.id) ?? 0} />
          </span>
        ))}
        <span class="tab">
          <More />
        </span>
      </div>
    </nav>
  );
}

function TabLabel({ dashboard, count }: { dashboard: Dashboard; count: number }): JSX.Element {
  return (
    <>
      <Icon name={dashboard.icon} />
      {dashboard.title}
      {count && !dashboard.isOne ? <span class="count">{count}</span> : null}
    </>
  );
}

function More(): JSX.Element {
  return (
    <>
      <span>More</span>
      <Icon name="more" size={12} />
    </>
  );
}
