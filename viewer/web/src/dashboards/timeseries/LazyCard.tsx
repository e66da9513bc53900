import { type Signal, signal } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ShownRun } from "../../state/runs";
import { Card } from "../../ui/Card";
import { RunLabel } from "../../ui/RunLabel";
import { useNearScreen } from "../../ui/use";

type LazyKind = "images" | "histograms";

interface Props {
  tag: string;
  prefix: string;
  run: ShownRun;
}

/** Cards whose code is not part of the first page; null until the first of their kind came near the screen. */
const loaded: Record<LazyKind, Signal<ComponentType<Props> | null>> = {
  images: signal(null),
  histograms: signal(null),
};

/** What such cards need once on the page, such as a tooltip. */
export const companions = signal<readonly ComponentType[]>([]);

const asked = new Set<LazyKind>();

async function load(kind: LazyKind): Promise<void> {
  if (asked.has(kind)) return;
  asked.add(kind);
  try {
    if (kind === "images") {
      loaded.images.value = (await import("../images/ImageCard")).ImageCard;
    } else {
      const [card, tooltip] = await Promise.all([
        import("../histograms/HistogramCard"),
        import("../histograms/HistogramTooltip"),
      ]);
      loaded.histograms.value = card.HistogramCard;
      companions.value = [...companions.peek(), tooltip.HistogramTooltip];
    }
  } catch {
    // Asked for again by the next card that comes near: a viewer may be away for a moment.
    asked.delete(kind);
  }
}

/** A card of images or histograms; its frame until its code is there. */
export function LazyCard({ kind, ...props }: Props & { kind: LazyKind }): JSX.Element {
  const Loaded = loaded[kind].value;
  return Loaded ? <Loaded {...props} /> : <Waiting kind={kind} {...props} />;
}

function Waiting({ kind, tag, prefix, run }: Props & { kind: LazyKind }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const near = useNearScreen(root);
  const isNear = near.value;
  useEffect(() => {
    if (isNear) void load(kind);
  }, [isNear]);
  return (
    <Card
      rootRef={root}
      tag={tag}
      prefix={prefix}
      run={run.name}
      testId="waiting-card"
      stacked
      subtitle={<RunLabel run={run} />}
    >
      <div class={`waiting waiting-${kind}`} />
    </Card>
  );
}
