/** Which dashboard is open, and the code of those that were opened. */

import { computed, signal } from "@preact/signals";
import { DASHBOARDS } from "../dashboards/all";
import type { Dashboard, Page } from "../dashboards/dashboard";
import { textCodec } from "../state/codecs";
import { hashSignal } from "../state/hash";
import { catalog } from "../state/log";

/** The address holds a tab only if a person chose one. */
const chosen = hashSignal("tab", "", textCodec);

const first = DASHBOARDS[0] as Dashboard;

/** The chosen dashboard, or the first that has something to show. */
export const tab = computed<Dashboard>(() => {
  const log = catalog.value;
  return (
    DASHBOARDS.find(({ id }) => id === chosen.value) ??
    DASHBOARDS.find((dashboard) => log && dashboard.count(log) > 0) ??
    first
  );
});

export const openTab = (id: string): void => {
  chosen.value = id;
};

/** Pages whose code is here, by dashboard, and what went wrong with the others. */
export const pages = signal<Readonly<Record<string, Page | Error>>>({});

export async function loadPage({ id, load }: Dashboard): Promise<void> {
  const have = pages.peek()[id];
  if (have && !(have instanceof Error)) return;
  const loaded = await load().catch((error: unknown) => new Error(String(error)));
  pages.value = { ...pages.peek(), [id]: loaded };
}
