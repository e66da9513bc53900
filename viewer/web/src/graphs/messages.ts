/** What the page and the worker of a graph send each other. */

import type { OpenFacts } from "./facts";
import type { Overview, Scene, View } from "./scene";

/** What can be asked, and what is answered. */
export interface Calls {
  open: { ask: ArrayBuffer; answer: Overview };
  layout: { ask: View; answer: Scene };
  reveal: { ask: string; answer: string[] };
  paths: { ask: null; answer: string[] };
  search: { ask: { text: string; limit: number }; answer: { paths: string[]; total: number } };
  trace: { ask: { path: string; direction: "inputs" | "outputs" }; answer: string[] };
  facts: { ask: string; answer: OpenFacts };
  expandAll: { ask: string; answer: { expanded: string[]; reason: string | null } };
}

export type CallName = keyof Calls;

export interface GraphRequest<K extends CallName = CallName> {
  id: number;
  call: K;
  ask: Calls[K]["ask"];
}

export type GraphAnswer = { id: number; answer: unknown } | { id: number; error: string };
