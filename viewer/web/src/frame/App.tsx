import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { ConnectionBanner } from "./ConnectionBanner";
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
        <main class="main" data-testid="main" data-tab={tab.value}>
          <CurrentPage />
        </main>
      </div>
    </div>
  );
}

function CurrentPage(): JSX.Element {
  const kind = tab.value;
  useEffect(() => void loadPage(kind), [kind]);
  const Page = pages.value[kind];
  if (Page instanceof Error) {
    return (
      <Notice title="This page could not be loaded" testId="page-failed">
        <p>The viewer does not answer, or is another version by now. Reload the page.</p>
      </Notice>
    );
  }
  return Page ? <Page key={kind} /> : <Notice title="Loading…" busy />;
}
