import type { JSX } from "preact";
import { Segmented } from "../../ui/Segmented";
import { begin, layouts } from "./layouts";
import { OwnAxesTab } from "./OwnAxesTab";
import { PcaTab } from "./PcaTab";
import { Section } from "./Section";
import { type View, view } from "./settings";
import { TsneTab } from "./TsneTab";
import { UmapTab } from "./UmapTab";

const CHOICES: readonly { value: View; text: string }[] = [
  { value: "pca", text: "PCA" },
  { value: "tsne", text: "t-SNE" },
  { value: "umap", text: "UMAP" },
  { value: "custom", text: "Axes" },
];

/** How many dimensions become two or three. */
export function ProjectionSection(): JSX.Element {
  const now = view.value;
  return (
    <Section title="Projection" testId="proj-projection">
      <Segmented
        label="Projection"
        choices={CHOICES}
        value={now}
        testId="proj-view"
        onChange={(next) => {
          view.value = next;
          if ((next === "tsne" || next === "umap") && !layouts[next].peek()) begin(next);
        }}
      />
      {now === "pca" ? <PcaTab /> : null}
      {now === "tsne" ? <TsneTab /> : null}
      {now === "umap" ? <UmapTab /> : null}
      {now === "custom" ? <OwnAxesTab /> : null}
    </Section>
  );
}
