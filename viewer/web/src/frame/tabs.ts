/** The pages of the viewer: one entry a dashboard, its code loaded when it is first opened. */

import { computed, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { KINDS, type Kind } from "../api/types";
import { ScalarsPage } from "../dashboards/scalars/ScalarsPage";
import { choiceCodec } from "../state/codecs";
import { hashSignal } from "../state/hash";
import { catalog } from "../state/log";
import type { IconName } from "../ui/Icon";

export interface Tab {
  kind: Kind;
  title: string;
  icon: IconName;
}

export const TABS: readonly Tab[] = [
  { kind: "scalars", title: "Scalars", icon: "chart" },
  { kind: "images", title: "Images", icon: "image" },
  { kind: "histograms", title: "Histograms", icon: "histogram" },
  { kind: "texts", title: "Text", icon: "text" },
];

type Page = ComponentType;

const LOADERS: Record<Kind, () => Promise<Page>> = {
  scalars: async () => ScalarsPage,
  images: async () => (await import("../dashboards/images/ImagesPage")).ImagesPage,
  histograms: async () => (await import("../dashboards/histograms/HistogramsPage")).HistogramsPage,
  texts: async () => (await import("../dashboards/texts/TextsPage")).TextsPage,
};

/** The address holds a tab only if a person chose one. */
const chosen = hashSignal<Kind | "">("tab", "", choiceCodec(["", ...KINDS]));

/** The chosen tab, or the first that has something to show. */
export const tab = computed<Kind>(() => {
  if (chosen.value) return chosen.value;
  const tags = catalog.value?.tags;
  return KINDS.find((kind) => tags?.[kind].length) ?? "scalars";
});

export const openTab = (kind: Kind): void => {
  chosen.value = kind;
};

/** Pages whose code is here, and what went wrong with the others. */
export const pages = signal<Partial<Record<Kind, Page | Error>>>({ scalars: ScalarsPage });

export async function loadPage(kind: Kind): Promise<void> {
  const have = pages.peek()[kind];
  if (have && !(have instanceof Error)) return;
  const loaded = await LOADERS[kind]().catch((error: unknown) => new Error(String(error)));
  pages.value = { ...pages.peek(), [kind]: loaded };
}
