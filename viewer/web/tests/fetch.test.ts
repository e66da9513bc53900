import { afterEach, describe, expect, it, vi } from "vitest";
import { fetchHere, xsrfCookie } from "../src/api/fetch";

afterEach(() => vi.unstubAllGlobals());

describe("the XSRF cookie of a Jupyter server around", () => {
  it.each([
    ["", ""],
    ["_xsrf=2|ab", "2|ab"],
    ["a=1; _xsrf=x%7Cy; b=2", "x|y"],
    ["not_xsrf=1;_xsrf=2", "2"],
    ["a_xsrf=1", ""],
    ["_xsrf=%E0%A4", "%E0%A4"],
  ])("is found in %j", (cookies, value) => {
    expect(xsrfCookie(cookies)).toBe(value);
  });

  it("is named in every request, beside what else is said", async () => {
    const asked = vi.fn(async (_url: string, _options: RequestInit) => new Response());
    vi.stubGlobal("fetch", asked);
    vi.stubGlobal("document", { cookie: "_xsrf=abc" });
    await fetchHere("api/v1/x", { method: "PUT", headers: { "Content-Type": "text/plain" } });
    expect(asked.mock.calls[0]?.[1]).toEqual({
      method: "PUT",
      credentials: "same-origin",
      headers: { "Content-Type": "text/plain", "X-XSRFToken": "abc" },
    });
    vi.stubGlobal("document", { cookie: "" });
    await fetchHere("api/v1/x");
    expect(asked.mock.calls[1]?.[1]?.headers).toEqual({});
  });
});
