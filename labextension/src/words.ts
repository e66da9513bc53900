import type { RunningViewer } from "./api";
import { trans } from "./translation";

/** What a viewer is called: its title, or the last part of its log directory. */
export function nameOf(viewer: { title: string; logdir: string }): string {
  return viewer.title || lastPart(viewer.logdir) || viewer.logdir || "cellboard";
}

/** The last part of a path of any system. */
export function lastPart(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? "";
}

/** How long something has been, in its largest unit: "3 min". */
export function ageOf(seconds: number): string {
  if (seconds < 60) {
    return trans.__("%1 s", Math.max(0, Math.floor(seconds)));
  }
  if (seconds < 3600) {
    return trans.__("%1 min", Math.floor(seconds / 60));
  }
  return seconds < 86_400
    ? trans.__("%1 h", Math.floor(seconds / 3600))
    : trans.__("%1 d", Math.floor(seconds / 86_400));
}

/** Age and memory of a viewer, "3 min, 41 MB". */
export function stateOf(viewer: RunningViewer): string {
  const memory = viewer.memory === null ? "" : trans.__("%1 MB", Math.round(viewer.memory / 1e6));
  return [ageOf(viewer.age), memory].filter(Boolean).join(", ");
}

/** All that is known of a viewer, line by line. */
export function describe(viewer: RunningViewer): string {
  return [viewer.logdir, starterOf(viewer), `${stateOf(viewer)}, ${trans.__("port %1", viewer.port)}`]
    .filter(Boolean)
    .join("\n");
}

/** Which program started a viewer. */
export function starterOf({ owner }: RunningViewer): string {
  switch (owner?.kind) {
    case undefined:
      return trans.__("Started by hand");
    case "server":
      return trans.__("Started from JupyterLab");
    case "kernel":
      return owner.path ? trans.__("Started by %1", owner.path) : trans.__("Started by a kernel of this server");
    default:
      return owner?.running ? trans.__("Started by another program") : trans.__("Started by a program that has ended");
  }
}

/** What went wrong, and what to do about it. */
export function wordsOf(problem: unknown): string {
  const { message = String(problem), hint = "" } = (problem ?? {}) as { message?: string; hint?: string };
  return [message, hint].filter(Boolean).join(" ");
}
