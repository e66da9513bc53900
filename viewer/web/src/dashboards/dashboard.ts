/** What a dashboard says of itself before its code is loaded. */

import type { ComponentType } from "preact";
import type { Kind, Runs } from "../api/types";
import type { IconName } from "../ui/Icon";

export interface Dashboard {
  /** Stands in the address: `#images`. */
  id: string;
  title: string;
  icon: IconName;
  /** What it shows, in words: "no images in this log yet". */
  words: string;
  /** A call of the writer that gives it something to show. */
  call: string;
  /** How many things of this log it can show. */
  count(log: Runs): number;
  /** It shows one thing, or none: a number on its tab would say nothing. */
  isOne?: boolean;
  /** Keys of its own, for the list of keys. */
  keys?: readonly KeyHelp[];
  load(): Promise<Page>;
}

export interface KeyHelp {
  /** One key, or several that do the same: `["←", "→"]`. */
  keys: readonly string[];
  does: string;
}

export interface PageProps {
  dashboard: Dashboard;
}

/** What fills the page when the dashboard is open. */
export type Page = ComponentType<PageProps>;

/** A count for a dashboard that shows the tags of one kind. */
export const tagsOf =
  (kind: Kind) =>
  (log: Runs): number =>
    log.tags[kind].length;
