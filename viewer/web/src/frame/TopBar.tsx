import type { JSX } from "preact";
import { DASHBOARDS } from "../dashboards/all";
import { formatWallTime } from "../format/time";
import { catalog, connection, status } from "../state/log";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { Logo } from "./Logo";
import { Problems } from "./Problems";
import { sidebarOpen, toggleSidebar } from "./sidebar_state";
import { ThemeButton } from "./ThemeButton";
import { openTab, tab } from "./tabs";

/** Name, pages, log directory, problems, theme. */
export function TopBar(): JSX.Element {
  return (
    <header class="topbar">
      <IconButton
        icon="sidebar"
        label={sidebarOpen.value ? "Hide the run list ([)" : "Show the run list ([)"}
        pressed={sidebarOpen.value}
        onClick={toggleSidebar}
        testId="toggle-sidebar"
      />
      <Logo />
      <Tabs />
      <div class="topbar-end">
        <Problems />
        <LiveDot />
        <LogDirectory />
        <ThemeButton />
      </div>
    </header>
  );
}

function Tabs(): JSX.Element {
  return (
    <nav class="tabs" aria-label="Pages">
      {DASHBOARDS.map((dashboard) => {
        const { id, title, icon } = dashboard;
        const count = catalog.value ? dashboard.count(catalog.value) : 0;
        return (
          <button
            key={id}
            type="button"
            class={count ? "tab" : "tab dim"}
            aria-current={tab.value.id === id ? "page" : undefined}
            data-testid={`tab-${id}`}
            onClick={() => openTab(id)}
          >
            <Icon name={icon} />
            {title}
            {count ? <span class="count">{count}</span> : null}
          </button>
        );
      })}
    </nav>
  );
}

function LogDirectory(): JSX.Element | null {
  const logdir = status.value?.logdir;
  if (!logdir) return null;
  return (
    <span class="logdir" title={logdir} data-testid="logdir">
      <bdi>{logdir}</bdi>
    </span>
  );
}

/** Whether what is shown is the latest, and as of when. */
function LiveDot(): JSX.Element {
  const state = connection.value.state;
  const busy = state === "connecting" || status.value?.state === "loading";
  const read = status.value?.loaded_at ? `, last read at ${formatWallTime(status.value.loaded_at)}` : "";
  const words = state === "lost" ? "The viewer does not answer" : busy ? "Reading the log" : `Live${read}`;
  return (
    <span
      class={`live-dot ${state === "lost" ? "lost" : busy ? "busy" : "live"}`}
      role="img"
      title={words}
      aria-label={words}
      data-testid="live"
    />
  );
}
