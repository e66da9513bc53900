/** How everything is asked for that a script asks for. */

/**
 * `fetch`, which names the XSRF cookie of the Jupyter server that the page may be behind: Jupyter wants to hear it from
 * whoever writes, and JupyterHub from every script, for pages of other users may have the same origin.
 */
export function fetchHere(url: string, options: RequestInit = {}): Promise<Response> {
  const cookie = xsrfCookie(document.cookie);
  const headers = { ...(options.headers as Record<string, string> | undefined) };
  if (cookie) headers["X-XSRFToken"] = cookie;
  return fetch(url, { credentials: "same-origin", ...options, headers });
}

/** The value of `_xsrf` among cookies, "" if there is none. */
export function xsrfCookie(cookies: string): string {
  const found = /(?:^|;\s*)_xsrf=([^;]*)/.exec(cookies)?.[1] ?? "";
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}
