import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { NothingToShow } from "../../frame/NothingToShow";
import { Notice } from "../../frame/Notice";
import { listEmbeddings } from "../../projector/load";
import { revision } from "../../state/log";
import { runs } from "../../state/runs";
import { adoptStyle } from "../../ui/adopt_style";
import { useSize } from "../../ui/use";
import { useResource } from "../../ui/use_resource";
import type { PageProps } from "../dashboard";
import { followAnalysis, followOwnAxes } from "./arrangement";
import { BookmarksSection } from "./BookmarksSection";
import { followOffered } from "./bookmarks";
import { ColorSection } from "./ColorSection";
import { DataSection } from "./DataSection";
import { describePoint, describeProjector } from "./describe";
import { drawnProjector } from "./drawn";
import { begin, endAll, layouts } from "./layouts";
import { followNeighbours } from "./marking";
import { NearSection } from "./NearSection";
import { OpenFiles, useDroppedFiles } from "./OpenFiles";
import { PointTip } from "./PointTip";
import { ProjectionSection } from "./ProjectionSection";
import { isOpen, liesOver, pageWidth } from "./panels";
import { isolated, prepared } from "./points";
import style from "./projector.css?inline";
import { SceneBox } from "./SceneBox";
import { SearchSection } from "./SearchSection";
import { SelectionSection } from "./SelectionSection";
import { followSearch } from "./search";
import { view } from "./settings";
import { followPictures } from "./sheets";
import { base, chosen, infos, loadChosen, opened, runsOfLog } from "./source";

adoptStyle(style);

/** Points of many dimensions in two or three. */
export function ProjectorPage({ dashboard }: PageProps): JSX.Element {
  const near = useSignal(true);
  const { value, error } = useResource(near, () => () => listEmbeddings());
  const root = useRef<HTMLDivElement>(null);
  const dropped = useDroppedFiles(root);
  useSignalEffect(() => {
    if (value.value && !isSame(value.value, infos.peek())) infos.value = value.value;
  });
  useFollowing();
  const hasPoints = opened.value !== null || chosen.value !== null;
  return (
    <div class={dropped.over.value ? "proj dropping" : "proj"} ref={root} data-testid="projector">
      {dropped.error.value ? (
        <p class="proj-drop-error" role="alert" data-testid="proj-drop-error">
          {dropped.error.value}
        </p>
      ) : null}
      {hasPoints ? (
        <Panels />
      ) : error.value && infos.value === null ? (
        <Notice title="The embeddings could not be read">
          <p>{error.value}</p>
        </Notice>
      ) : (
        <div class="proj-empty">
          <NothingToShow dashboard={dashboard} />
          <div class="proj-own">
            <p>Or look at vectors of your own: a file with a line for each point.</p>
            <OpenFiles />
          </div>
        </div>
      )}
    </div>
  );
}

function Panels(): JSX.Element {
  const body = useRef<HTMLDivElement>(null);
  const size = useSize(body);
  useSignalEffect(() => {
    pageWidth.value = size.value.width;
  });
  const { left, right } = isOpen.value;
  return (
    <div class="proj-body" ref={body}>
      {left ? (
        <aside
          class={liesOver.value.left ? "proj-panel left over" : "proj-panel left"}
          aria-label="Points and projection"
        >
          <DataSection />
          <ProjectionSection />
          <ColorSection />
        </aside>
      ) : null}
      <SceneBox />
      {right ? (
        <aside
          class={liesOver.value.right ? "proj-panel right over" : "proj-panel right"}
          aria-label="Search and selection"
        >
          <SearchSection />
          <SelectionSection />
          <NearSection />
          <BookmarksSection />
        </aside>
      ) : null}
      <PointTip />
    </div>
  );
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is chosen is read, and what is read is worked on. */
function useFollowing(): void {
  useSignalEffect(() => {
    runsOfLog.value = runs.value.map(({ name }) => name);
  });
  useSignalEffect(() => {
    const info = chosen.value;
    // What could not be read is asked for again when the log has changed.
    revision.value;
    if (infos.value !== null && !opened.value) loadChosen(info);
  });
  useSignalEffect(followAnalysis);
  useSignalEffect(followOwnAxes);
  useSignalEffect(followNeighbours);
  useSignalEffect(followPictures);
  useSignalEffect(followOffered);
  useSignalEffect(() => {
    const points = prepared.value;
    const kind = view.value;
    if (!points || (kind !== "tsne" && kind !== "umap")) return;
    // Another arrangement of other points would mean nothing.
    if (layouts[kind].peek()?.of !== points) begin(kind);
  });
  const family = useRef<string | null>(null);
  const count = useRef(-1);
  useSignalEffect(() => {
    const now = base.value;
    const points = now?.loaded.points.count ?? -1;
    // The same points a step later stay as they were isolated.
    if (now && (now.family !== family.current || now.family === null || points !== count.current))
      isolated.value = null;
    family.current = now?.family ?? family.current;
    count.current = points;
  });
  useLayoutEffect(followSearch, []);
  useEffect(() => {
    drawnProjector.describe = describeProjector;
    drawnProjector.point = describePoint;
    return () => {
      drawnProjector.describe = null;
      drawnProjector.point = null;
      endAll();
    };
  }, []);
}
