import type { JSX } from "preact";
import { saved } from "../saved/saved";
import { addressOfView } from "../state/hash";
import { status } from "../state/log";
import { CopyButton } from "../ui/CopyButton";
import { IconButton } from "../ui/IconButton";
import { LoadingBar } from "./LoadingBar";
import { Logo } from "./Logo";
import { OutMenu } from "./OutMenu";
import { Problems } from "./Problems";
import { ReloadState } from "./ReloadState";
import { SavedNote } from "./SavedNote";
import { Settings } from "./Settings";
import { sidebarOpen, toggleSidebar } from "./sidebar_state";
import { Tabs } from "./Tabs";

/** Name, pages, problems, log directory, and what is done with the page as a whole. */
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
        <LogDirectory />
        {saved ? <SavedNote /> : <Live />}
        <Settings />
      </div>
      <LoadingBar />
    </header>
  );
}

function Live(): JSX.Element {
  return (
    <>
      <ReloadState />
      <CopyButton label="Copy a link to this view" icon="link" text={addressOfView} testId="copy-link" />
      <OutMenu />
    </>
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
