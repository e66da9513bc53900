import type { JSX } from "preact";
import { TagGroups } from "../../ui/TagGroups";
import { Toggle } from "../../ui/Toggle";
import type { PageProps } from "../dashboard";
import { FindBox } from "./FindBox";
import { rawText } from "./settings";
import { TextCard } from "./TextCard";

const CARD_WIDTH = 440;

/** A card for each run of each tag. */
export function TextsPage({ dashboard }: PageProps): JSX.Element {
  return (
    <TagGroups
      kind="texts"
      dashboard={dashboard}
      perRun
      cardWidth={CARD_WIDTH}
      toolbar={
        <>
          <FindBox />
          <Toggle label="As logged" on={rawText} testId="raw-toggle" />
        </>
      }
      render={({ tag, runs }, prefix) =>
        runs.map((run) => <TextCard key={`${tag}\n${run.name}`} tag={tag} prefix={prefix} run={run} />)
      }
    />
  );
}
