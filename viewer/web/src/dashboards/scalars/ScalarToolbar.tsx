import type { JSX } from "preact";
import { scaleOfAll, setScaleOfAll } from "./axis_rules";
import { GroupControl } from "./GroupControl";
import { PlaceControl } from "./PlaceControl";
import { ScalarAxisChoice } from "./ScalarAxisChoice";
import { SmoothingControl } from "./SmoothingControl";
import { ViewOptions } from "./ViewOptions";

export function ScalarToolbar(): JSX.Element {
  return (
    <>
      <SmoothingControl />
      <ScalarAxisChoice />
      <label class="toggle log-y">
        <input
          type="checkbox"
          class="checkbox"
          checked={scaleOfAll("y") === "log"}
          data-testid="log-y"
          onChange={(event) => setScaleOfAll("y", event.currentTarget.checked ? "log" : "linear")}
        />
        Log y
      </label>
      <PlaceControl />
      <GroupControl />
      <ViewOptions />
    </>
  );
}
