import type { JSX } from "preact";
import { LinkedSteps } from "../../media/LinkedSteps";
import { linked } from "../../media/linked";
import { NumberSlider } from "../../ui/NumberSlider";
import { TagGroups } from "../../ui/TagGroups";
import { Toggle } from "../../ui/Toggle";
import type { PageProps } from "../dashboard";
import { AudioCard } from "./AudioCard";
import { volume } from "./settings";

const CARD_WIDTH = 320;

/** A card for each run of each tag. */
export function AudioPage({ dashboard }: PageProps): JSX.Element {
  return (
    <TagGroups
      kind="audio"
      dashboard={dashboard}
      perRun
      cardWidth={CARD_WIDTH}
      toolbar={
        <>
          <NumberSlider
            label="Volume"
            value={volume.value}
            min={0}
            max={1}
            step={0.05}
            testId="audio-volume"
            onChange={(value) => {
              volume.value = value;
            }}
          />
          <Toggle label="Link steps" on={linked} testId="link-steps" />
          {linked.value ? <LinkedSteps plays={false} /> : null}
        </>
      }
      render={({ tag, runs }, prefix) =>
        runs.map((run) => <AudioCard key={`${tag}\n${run.name}`} tag={tag} prefix={prefix} run={run} />)
      }
    />
  );
}
