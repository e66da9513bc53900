import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { StepSlider } from "../../media/StepSlider";
import type { ShownRun } from "../../state/runs";
import { Card } from "../../ui/Card";
import { IconButton } from "../../ui/IconButton";
import { RunLabel } from "../../ui/RunLabel";
import { useNearScreen } from "../../ui/use";
import { drawnMeshes, keyOf } from "./drawn";
import { ItemChoice } from "./ItemChoice";
import { MeshCanvas } from "./MeshCanvas";
import { NoDrawing } from "./NoDrawing";
import { remarksOn } from "./remarks";
import { saveMeshes } from "./save_meshes";
import { boxAround } from "./scene/camera";
import type { MeshView } from "./scene/mesh_view";
import { readSettings } from "./scene/view_settings";
import { type Seen, useStance } from "./stances";
import { useMesh } from "./use_mesh";

/** Meshes of a step that the viewer sends together. */
const MOST_AT_ONCE = 16;

const NOWHERE = { low: [-1, -1, -1], high: [1, 1, 1] } as const;

/** The meshes of one run and tag in space, with a slider over all steps. */
export function MeshCard({ tag, prefix, run }: { tag: string; prefix: string; run: ShownRun }): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const near = useNearScreen(root);
  const mesh = useMesh(run.name, tag, near);
  const held = useMemo<{ of: unknown; seen: Seen | null }>(() => ({ of: null, seen: null }), []);
  // The same object as long as the same meshes are shown.
  const seen = useComputed(() => {
    const step = mesh.shown.value;
    if (held.of !== (step?.meshes ?? null)) {
      const box = boxAround(step?.meshes.map(({ box }) => box) ?? []) ?? NOWHERE;
      held.seen = step && { box, settings: readSettings(step.settings) };
      held.of = step?.meshes ?? null;
    }
    return held.seen;
  });
  const stance = useStance(seen);
  const steps = mesh.steps.value;
  const shown = mesh.shown.value;
  const at = seen.value;
  const error = mesh.error.value;
  const columns = Math.ceil(Math.sqrt(shown?.meshes.length ?? 1));
  const remarks = shown && at ? remarksOn(shown, at.settings.unknown) : [];
  const save = (): void => {
    const views = shown?.meshes.map(({ item }) => drawnMeshes.get(keyOf(run.name, tag, item)) as MeshView);
    if (shown && views) void saveMeshes(tag, `${run.name}, step ${shown.step}`, views, columns);
  };
  return (
    <Card
      rootRef={root}
      tag={tag}
      prefix={prefix}
      run={run.name}
      testId="mesh-card"
      subtitle={<RunLabel run={run} />}
      stacked
      actions={
        <>
          {stance.stance.value ? (
            <IconButton icon="reset" label="Whole mesh (0)" testId="mesh-reset" onClick={stance.reset} />
          ) : null}
          <IconButton icon="download" label="Save as PNG" testId="mesh-save" disabled={!shown} onClick={save} />
        </>
      }
    >
      <div
        class="meshes card-fill"
        style={{ "--columns": columns }}
        data-busy={mesh.busy.value ? "" : undefined}
        data-step={shown?.step}
      >
        {shown && at
          ? shown.meshes.map((one) => (
              <MeshCanvas
                key={one.item}
                run={run.name}
                tag={tag}
                step={shown.step}
                mesh={one}
                seen={at}
                stance={stance}
                color={run.color}
                near={near}
              />
            ))
          : null}
        {shown?.count === 0 ? <p class="mesh-nothing">No mesh was logged at this step.</p> : null}
        {error ? (
          <p class="mesh-nothing" data-testid="mesh-error">
            {error}
          </p>
        ) : null}
        <NoDrawing />
      </div>
      {shown && shown.count > 1 ? <ItemChoice count={shown.count} most={MOST_AT_ONCE} item={mesh.item} /> : null}
      {remarks.length ? (
        <ul class="mesh-remarks" data-testid="mesh-remarks">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      ) : null}
      <StepSlider
        steps={steps?.step ?? []}
        wallTimes={steps?.wall_time ?? []}
        index={mesh.index.value}
        wanted={mesh.wanted.value}
        plays
        onChange={mesh.show}
      />
      {steps?.description ? (
        <p class="card-description" title={steps.description}>
          {steps.description}
        </p>
      ) : null}
    </Card>
  );
}
