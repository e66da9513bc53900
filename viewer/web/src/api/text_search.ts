/** Searching within texts: `TextSearch` of docs/http-api.md. */

import { address, json } from "./client";
import type { JsonNumber } from "./types";

export interface TextMatch {
  run: string;
  tag: string;
  /** Of the text among those of its run and tag. */
  index: number;
  step: number;
  wall_time: JsonNumber;
  before: string;
  match: string;
  after: string;
  /** How often the words are in this text. */
  count: number;
}

export interface TextSearch {
  q: string;
  matches: TextMatch[];
  searched: number;
  total: number;
  /** Where to go on; null: everything was searched. */
  next: number | null;
}

export interface TextSearchQuery {
  q: string;
  /** Empty: all. */
  run: readonly string[];
  tag: readonly string[];
  skip: number;
}

export const searchTexts = (query: TextSearchQuery, signal?: AbortSignal): Promise<TextSearch> =>
  json(address("text_search", { ...query }), signal);
