import type { JSX } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { ConnectionBanner } from "./ConnectionBanner";
import { HelpDialog } from "./HelpDialog";
import { listenForKeys } from "./keys";
import { Notice } from "./Notice";
import { Sidebar } from "./Sidebar";
import { TopBar } from "./TopBar";
import { loadPage, pages, tab } from "./tabs";

/** The whole page. */
export function App(): JSX.Element {
  useEffect(listenForKeys, []);
  return (
    <div class="app">
      <TopBar />
      <ConnectionBanner />
      <div class="app-body">
        <Sidebar />
        <main class="main" data-testid="main" data-tab={tab.value.id}>
          <CurrentPage />
        </main>
      </div>
      <HelpDialog />
    </div>
  );
}

function CurrentPage(): JSX.Element {
  const dashboard = tab.value;
  // Before the first drawing: what is here already is shown a frame earlier.
  useLayoutEffect(() => void loadPage(dashboard), [dashboard.id]);
  const Page = pages.value[dashboard.id];
  if (Page instanceof Error) {
    return (
      <Notice title="This page could not be loaded" testId="page-failed">
        <p>The viewer does not answer, or is another version by now. Reload the page.</p>
      </Notice>
    );
  }
  return Page ? <Page key={dashboard.id} dashboard={dashboard} /> : <Notice title="Loading…" busy />;
}
