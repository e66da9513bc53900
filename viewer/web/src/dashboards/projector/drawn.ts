/** What the projector shows, as plain numbers; the page says how to tell once it is loaded. */

export interface DescribedProjector {
  /** What is read: run, name and step; null: files, or nothing. */
  source: { run: string; name: string; step: number | null } | null;
  title: string | null;
  /** Whether the points themselves are here. */
  complete: boolean;
  points: number;
  total: number;
  dims: number;
  view: string;
  /** In how many dimensions points are drawn, and how they are arranged: `pca 3`, `first`, `tsne 2`, … */
  drawn: { dims: number; key: string } | null;
  shares: readonly number[];
  color: string | null;
  coloring: string;
  label: string | null;
  classes: { value: string; color: string; count: number }[];
  /** Rows in the file. */
  picked: number;
  marked: number[];
  isolated: number[] | null;
  pointed: number;
  near: { row: number; distance: number }[];
  hits: number[] | null;
  layout: { phase: string; iteration: number; points: number; note: string | null } | null;
  camera: { yaw: number; pitch: number; distance: number; target: readonly number[] } | null;
  /** Pictures drawn so far, and labels in the last one. */
  frames: number;
  labels: number;
  /** Of the points in it: all, or fewer while they are turned. */
  share: number;
  /** Whether points are drawn as their pictures. */
  pictures: boolean;
  textures: number;
  scene: string;
  bookmarks: string[];
}

export interface DescribedPoint {
  /** In the window. */
  x: number;
  y: number;
  /** In the scene. */
  place: number[];
  color: string;
  label: string;
}

export const drawnProjector: {
  describe: (() => DescribedProjector) | null;
  /** The point of a row in the file. */
  point: ((row: number) => DescribedPoint | null) | null;
} = { describe: null, point: null };
