import type { Contents } from "@jupyterlab/services";

/** A file whose name holds this is an event file, to TensorBoard as well. */
export const EVENT_FILE_MARK = "tfevents";

/** Jupyter's collaboration shows the server's own files under this name. */
const SHARED_DRIVE = "RTC";

export function isEventFile(name: string): boolean {
  return name.includes(EVENT_FILE_MARK);
}

/** The path below the server's root; one of another drive stays what it is, and the server says that it cannot follow. */
export function localPath(contents: Contents.IManager, path: string): string {
  return contents.driveName(path) === SHARED_DRIVE ? contents.localPath(path) : path;
}
