/** Call `listener` when Jupyter's theme changes; the function returned ends that. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  return () => observer.disconnect();
}

/** Jupyter's theme; null where the host does not say. */
export function hostTheme(): "light" | "dark" | null {
  const light = document.body.dataset.jpThemeLight;
  return light === undefined ? null : light === "true" ? "light" : "dark";
}

/** Give the viewer in `frame` Jupyter's theme. Its state is its address' hash; all else in there stays. */
export function setTheme(frame: HTMLIFrameElement | null): void {
  const place = frame?.contentWindow?.location;
  // Whole, since a bare hash would be read relative to this page and not to the frame's.
  if (place !== undefined && addressIn(frame)?.startsWith(window.location.origin)) {
    const wanted = inHostTheme(place.href);
    if (wanted !== place.href) {
      place.replace(wanted);
    }
  }
}

/** A viewer's address in Jupyter's theme, so that its page need not be drawn twice. */
export function inHostTheme(address: string): string {
  const theme = hostTheme();
  const [page = "", hash = ""] = address.split(/(?=#)/, 2);
  return theme === null ? address : page + withTheme(hash, theme);
}

/** A hash like `#images&smoothing=0.6` with its theme set. */
export function withTheme(hash: string, theme: string): string {
  return `#${[...partsOf(hash), `theme=${theme}`].join("&")}`;
}

/** A hash without a theme, "" if there is nothing else in it. */
export function withoutTheme(hash: string): string {
  const parts = partsOf(hash);
  return parts.length === 0 ? "" : `#${parts.join("&")}`;
}

/** The state of the viewer at `viewer` that `frame` shows, without its theme; null if it shows something else. */
export function hashOf(frame: HTMLIFrameElement, viewer: string): string | null {
  const [page, hash = ""] = (addressIn(frame) ?? "").split(/(?=#)/, 2);
  return page === viewer.split("#", 1)[0] ? withoutTheme(hash) : null;
}

function partsOf(hash: string): string[] {
  return hash
    .replace(/^#/, "")
    .split("&")
    .filter((part) => part !== "" && !part.startsWith("theme="));
}

function addressIn(frame: HTMLIFrameElement | null): string | null {
  try {
    return frame?.contentWindow?.location.href ?? null;
  } catch {
    // A page of another origin, as a login page may be.
    return null;
  }
}
