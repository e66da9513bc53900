/** Preferences of this browser, such as the sidebar's width. Frames may refuse storage: then nothing is remembered. */

const PREFIX = "cellboard:";

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Nothing to do: the preference lasts as long as the page.
  }
}
