import { trans } from "./translation";

/** What a viewer behind this Jupyter server is doing. */
export type Health = "alive" | "gone" | "no-server-part" | "signed-out" | "unreachable";

/** Ask a viewer, through the Jupyter server, whether it lives. */
export async function checkHealth(viewer: string): Promise<Health> {
  try {
    const headers: Record<string, string> = { Accept: "application/json" };
    // JupyterHub wants to hear its cookie from every script.
    const cookie = /(?:^|;\s*)_xsrf=([^;]*)/.exec(document.cookie)?.[1];
    if (cookie) headers["X-XSRFToken"] = decodeURIComponent(cookie);
    const reply = await fetch(`${viewer}api/v1/ping`, { headers, cache: "no-store" });
    return healthOf(reply.status);
  } catch {
    return "unreachable";
  }
}

/** Read the status of the server part's answer. */
export function healthOf(status: number): Health {
  switch (status) {
    case 200:
      return "alive";
    case 410:
      return "gone";
    case 404:
      return "no-server-part";
    case 401:
    case 403:
      return "signed-out";
    default:
      return "unreachable";
  }
}

/** What to tell the user, and what to do next. */
export function wordsFor(health: Exclude<Health, "alive">): { head: string; advice: string } {
  switch (health) {
    case "gone":
      return {
        head: trans.__("This viewer is no longer running."),
        advice: trans.__("Start it again here, or from any cell:"),
      };
    case "no-server-part":
      return {
        head: trans.__("This Jupyter server has no cellboard."),
        advice: trans.__("Install cellboard where the server runs and restart it. Until then the inline charts work:"),
      };
    case "signed-out":
      return {
        head: trans.__("The Jupyter server refused this page."),
        advice: trans.__("Log in to Jupyter again, then try again. In a cell:"),
      };
    case "unreachable":
      return {
        head: trans.__("The viewer does not answer."),
        advice: trans.__(
          "It may be busy, or the connection to the server is down. Try again, or start it from any cell:",
        ),
      };
  }
}
