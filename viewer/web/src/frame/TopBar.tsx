import type { JSX } from "preact";
import { formatWallTime } from "../format/time";
import { connection, status } from "../state/log";
import { IconButton } from "../ui/IconButton";
import { Logo } from "./Logo";
import { Problems } from "./Problems";
import { sidebarOpen, toggleSidebar } from "./sidebar_state";
import { Tabs } from "./Tabs";
import { ThemeButton } from "./ThemeButton";

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
