/** The data of a viewer's output, as `%board` writes it and as a saved notebook holds it. */
export interface ViewerMessage {
  id: string;
  path: string;
  /** Pixels; null where the user's setting counts. */
  height: number | null;
  title: string;
  logdir: string;
}

export const MIME_TYPE = "application/vnd.cellboard.viewer+json";
export const DEFAULT_HEIGHT = 800;
export const MIN_HEIGHT = 100;
export const MAX_HEIGHT = 10_000;

/**
 * Read a message that may come from anybody's notebook.
 *
 * @returns null if it names no viewer; every field that is missing or of another type gets its default.
 */
export function readMessage(data: unknown): ViewerMessage | null {
  if (typeof data !== "object" || data === null) {
    return null;
  }
  const { id, path, height, title, logdir } = data as Record<string, unknown>;
  if (typeof id !== "string" || !/^[A-Za-z0-9_-]{1,128}$/.test(id)) {
    return null;
  }
  return {
    id,
    path: typeof path === "string" ? path : "",
    height: typeof height === "number" && Number.isFinite(height) ? clampHeight(height) : null,
    title: typeof title === "string" ? title : "",
    logdir: typeof logdir === "string" ? logdir : "",
  };
}

/** Keep a height in pixels within what a page can show. */
export function clampHeight(height: number): number {
  return Number.isFinite(height) ? Math.min(MAX_HEIGHT, Math.max(MIN_HEIGHT, Math.round(height))) : DEFAULT_HEIGHT;
}

/** The address of a viewer behind the Jupyter server at `baseUrl`, with a slash at its end. */
export function viewerAddress(baseUrl: string, id: string): string {
  return new URL(`cellboard/v/${id}/`, new URL(baseUrl, document.baseURI)).href;
}

/** The address to show: the message's path (relative to the base URL) if it stays within its viewer, else its page. */
export function frameAddress(baseUrl: string, message: ViewerMessage): string {
  const viewer = viewerAddress(baseUrl, message.id);
  const base = new URL(baseUrl, document.baseURI).href;
  const wanted = URL.canParse(message.path, base) ? new URL(message.path, base).href : viewer;
  return wanted.startsWith(viewer) ? wanted : viewer;
}

/** What the record of a viewer over several directories calls them: `name:/path,other:/path`. */
const SEVERAL = /^[^\\/:]+:(\/|[A-Za-z]:\\)/;

/** The magic that opens a log directory in a new viewer. */
export function boardCommand(directory: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the text is shown and copied; a line break would end the magic
  const logdir = directory.replace(/[\u0000-\u001f\u007f]/g, " ");
  if (logdir === "") {
    return "%board --logdir DIR";
  }
  const flag = SEVERAL.test(logdir) ? "--logdir_spec" : "--logdir";
  const plain = /^[\w@%+=:,./~-]+$/.test(logdir);
  return `%board ${flag} ${plain ? logdir : `'${logdir.replaceAll("'", `'"'"'`)}'`}`;
}
