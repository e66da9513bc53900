/** Layouts of scalars: those that were logged, and the charts that a person made here. The only thing that is written. */

import { ApiError, address, json } from "./client";
import { fetchHere } from "./fetch";

export interface Margin {
  value: string;
  lower: string;
  upper: string;
}

export interface LayoutChart {
  title: string;
  /** What its own charts stand under; logged ones have a category instead. */
  section?: string;
  /** Regular expressions for the tags whose lines are drawn. */
  tags: string[];
  /** Lines within bands. */
  margins: Margin[];
}

export interface Category {
  title: string;
  /** Folded away at first. */
  closed: boolean;
  charts: LayoutChart[];
}

export interface Layout {
  logged: Category[];
  /** How many logged charts are too many to show. */
  left_out: number;
  charts: LayoutChart[];
  version: string;
  /** Why the charts made here cannot be read. */
  problem: string | null;
}

export const getLayout = (signal?: AbortSignal): Promise<Layout> => json(address("layout"), signal);

/** Keep charts instead of those of `version`; gives the new version. */
export async function putLayout(charts: readonly LayoutChart[], version: string): Promise<string> {
  const answer = await fetchHere(address("layout"), {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ charts, version }),
  });
  const said = (await answer.json().catch(() => null)) as { version?: string; error?: string; hint?: string } | null;
  if (answer.ok && typeof said?.version === "string") return said.version;
  throw new ApiError(said?.error ?? `the server answered ${answer.status}`, answer.status, said?.hint ?? "");
}
