import type { JSX } from "preact";
import { LinkedSteps } from "../../media/LinkedSteps";
import { linked } from "../../media/linked";
import { NumberSlider } from "../../ui/NumberSlider";
import { Segmented } from "../../ui/Segmented";
import { Select } from "../../ui/Select";
import { TagGroups } from "../../ui/TagGroups";
import { Toggle } from "../../ui/Toggle";
import type { PageProps } from "../dashboard";
import { drawnStage } from "./drawn";
import { MeshCard } from "./MeshCard";
import { stage } from "./scene/stage";
import { axesShown, LEAST_POINT, LIMIT_CHOICES, limit, MOST_POINT, pointSize, surface, viewMode } from "./settings";

const CARD_WIDTH = 360;

const VIEWS = [
  { value: "fit", text: "Fit" },
  { value: "keep", text: "Keep" },
  { value: "share", text: "Share" },
] as const;

const SURFACES = [
  { value: "smooth", text: "Smooth" },
  { value: "flat", text: "Flat" },
  { value: "wires", text: "Wires" },
  { value: "points", text: "Points" },
] as const;

drawnStage.state = () => stage.state.peek();
drawnStage.held = () => stage.held();
drawnStage.lose = () => stage.lose();

/** A card for each run of each tag. */
export function MeshesPage({ dashboard }: PageProps): JSX.Element {
  return (
    <TagGroups
      kind="meshes"
      dashboard={dashboard}
      perRun
      cardWidth={CARD_WIDTH}
      toolbar={<Controls />}
      render={({ tag, runs }, prefix) =>
        runs.map((run) => <MeshCard key={`${tag}\n${run.name}`} tag={tag} prefix={prefix} run={run} />)
      }
    />
  );
}

function Controls(): JSX.Element {
  return (
    <>
      <span class="control-label">Camera</span>
      <Segmented
        label="Camera: fit every step, keep it over steps, or share it between cards"
        choices={VIEWS}
        value={viewMode.value}
        testId="mesh-view-mode"
        onChange={(value) => {
          viewMode.value = value;
        }}
      />
      <Segmented
        label="Triangles"
        choices={SURFACES}
        value={surface.value}
        testId="mesh-surface"
        onChange={(value) => {
          surface.value = value;
        }}
      />
      <NumberSlider
        label="Point size"
        value={pointSize.value}
        min={LEAST_POINT}
        max={MOST_POINT}
        step={0.5}
        testId="mesh-point"
        onChange={(value) => {
          pointSize.value = value;
        }}
      />
      <Select
        label="Points or triangles of a card at most"
        choices={LIMIT_CHOICES}
        value={limit.value}
        testId="mesh-limit"
        onChange={(value) => {
          limit.value = value;
        }}
      />
      <Toggle label="Axes" on={axesShown} testId="mesh-axes" />
      <Toggle label="Link steps" on={linked} testId="link-steps" />
      {linked.value ? <LinkedSteps /> : null}
    </>
  );
}
