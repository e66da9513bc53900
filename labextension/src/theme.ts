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
  const theme = hostTheme();
  const place = frame?.contentWindow?.location;
  if (theme !== null && place?.href.startsWith(window.location.origin)) {
    // Whole, since a bare hash would be read relative to this page and not to the frame's.
    const address = new URL(place.href);
    address.hash = withTheme(address.hash, theme);
    place.replace(address.href);
  }
}

/** A hash like `#images&smoothing=0.6` with its theme set. */
export function withTheme(hash: string, theme: string): string {
  const parts = hash.replace(/^#/, "").split("&");
  return `#${[...parts.filter((part) => part !== "" && !part.startsWith("theme=")), `theme=${theme}`].join("&")}`;
}
