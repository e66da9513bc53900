import type { JSX } from "preact";
import { IconButton } from "../../ui/IconButton";
import { Segmented } from "../../ui/Segmented";
import { OwnIconButton, type OwnIconName } from "./icons";
import { begin, layouts } from "./layouts";
import { isOpen, mode, type Side, toggle } from "./panels";
import { SaveScene } from "./SaveScene";
import type { Mode } from "./scene/gestures";
import { isFlat, showsNames, showsPictures, view } from "./settings";
import { pictures } from "./sheets";
import { stage } from "./stage";

const MODES: readonly { mode: Mode; icon: OwnIconName; label: string }[] = [
  { mode: "move", icon: "move", label: "Drag moves the points (v)" },
  { mode: "box", icon: "box", label: "Drag selects in a box (b)" },
  { mode: "lasso", icon: "lasso", label: "Drag selects in a loop (l)" },
];

/** Above the scene: what a drag does, and how the points are shown. */
export function SceneTools(): JSX.Element {
  return (
    <div class="proj-tools" role="toolbar" aria-label="Scene">
      <PanelToggle side="left" />
      <div class="proj-tool-group">
        {MODES.map((one) => (
          <OwnIconButton
            key={one.mode}
            icon={one.icon}
            label={one.label}
            pressed={mode.value === one.mode}
            testId={`proj-mode-${one.mode}`}
            onClick={() => {
              mode.value = one.mode;
            }}
          />
        ))}
      </div>
      <DimsChoice />
      <div class="proj-tool-group">
        <IconButton
          icon="text"
          label="Names beside the points"
          pressed={showsNames.value}
          testId="proj-names"
          onClick={() => {
            showsNames.value = !showsNames.peek();
          }}
        />
        {pictures.value ? (
          <IconButton
            icon="image"
            label="Points as their pictures"
            pressed={showsPictures.value}
            testId="proj-pictures"
            onClick={() => {
              showsPictures.value = !showsPictures.peek();
            }}
          />
        ) : null}
        <IconButton
          icon="reset"
          label="All in view again (0)"
          testId="proj-reset"
          onClick={() => stage.scene?.reset()}
        />
        <SaveScene />
      </div>
      <PanelToggle side="right" />
    </div>
  );
}

const DIMS = [
  { value: "2", text: "2D" },
  { value: "3", text: "3D" },
] as const;

/** Two or three dimensions; own axes are always two. */
function DimsChoice(): JSX.Element | null {
  if (view.value === "custom") return null;
  return (
    <div class="proj-dims">
      <Segmented
        label="Dimensions"
        choices={DIMS}
        value={isFlat.value ? "2" : "3"}
        testId="proj-dims"
        onChange={(dims) => {
          isFlat.value = dims === "2";
          for (const kind of ["tsne", "umap"] as const) {
            // What was laid out in other dimensions is made anew.
            if (view.peek() === kind && layouts[kind].peek()?.dims !== Number(dims)) begin(kind);
          }
        }}
      />
    </div>
  );
}

const PANEL_WORDS = { left: "points and projection", right: "search and selection" } as const;

function PanelToggle({ side }: { side: Side }): JSX.Element {
  const open = isOpen.value[side];
  return (
    <button
      type="button"
      class={`icon-button proj-panel-toggle ${side}`}
      title={`${open ? "Hide" : "Show"} ${PANEL_WORDS[side]}`}
      aria-label={`${open ? "Hide" : "Show"} ${PANEL_WORDS[side]}`}
      aria-expanded={open}
      data-testid={`proj-toggle-${side}`}
      onClick={() => toggle(side)}
    >
      <PanelDrawing side={side} />
    </button>
  );
}

function PanelDrawing({ side }: { side: Side }): JSX.Element {
  return (
    <svg class="icon" width="16" height="16" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={side === "left" ? "M3 4h14v12H3z M8 4v12" : "M3 4h14v12H3z M12 4v12"} />
    </svg>
  );
}
