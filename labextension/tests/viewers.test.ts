import { ServerConnection } from "@jupyterlab/services";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError, type RunningViewer } from "../src/api";
import { ViewerList } from "../src/viewers";

function viewer(id: string, logdir: string, started: number): RunningViewer {
  const rest = { port: 6006, title: "", version: "", age: 1, memory: null, owner: null };
  return { id, path: `cellboard/v/${id}/`, logdir, started, ...rest };
}

const [first, second, third] = [viewer("aaaa", "/runs", 1), viewer("bbbb", "/runs", 2), viewer("cccc", "/other", 3)];
let asked: { method: string | undefined; path: string; body: unknown }[];
let answers: [status: number, said: unknown][];

beforeEach(() => {
  asked = [];
  answers = [];
  vi.spyOn(ServerConnection, "makeRequest").mockImplementation(async (url, init) => {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    asked.push({ method: init.method, path: new URL(url, "http://x").pathname, body });
    const [status, said] = answers.shift() ?? [200, { viewers: [] }];
    return new Response(typeof said === "string" ? said : JSON.stringify(said), { status });
  });
});
afterEach(() => vi.restoreAllMocks());

describe("the list", () => {
  test("is in order of start, and asked for once by many", async () => {
    const list = new ViewerList();
    const changed = vi.fn();
    list.changed.connect(changed);
    answers = [[200, { viewers: [third, first, second] }]];
    await Promise.all([list.refresh(), list.refresh()]);
    expect(asked).toEqual([{ method: "GET", path: "/cellboard/api/viewers", body: undefined }]);
    expect(list.running.map(({ id }) => id)).toEqual(["aaaa", "bbbb", "cccc"]);
    expect(changed).toHaveBeenCalledTimes(1);
    await list.refresh();
    expect(list.running).toEqual([]);
  });

  test("finds by id, or else the newest of a log directory", async () => {
    const list = new ViewerList();
    answers = [[200, { viewers: [first, second, third] }]];
    await list.refresh();
    expect(list.find("aaaa", "/other")?.id).toBe("aaaa");
    expect(list.find("gone", "/runs")?.id).toBe("bbbb");
    expect(list.find("gone", "/runs/")).toBeUndefined();
    expect(list.find("gone", "")).toBeUndefined();
  });

  test("holds at once what was started, and no more what was stopped", async () => {
    const list = new ViewerList();
    answers = [[201, { viewer: first, reused: false }]];
    expect(await list.start({ path: "runs" })).toEqual(first);
    expect(asked[0]).toEqual({ method: "POST", path: "/cellboard/api/viewers", body: { path: "runs" } });
    expect(list.running).toEqual([first]);
    answers = [
      [200, { stopped: ["aaaa"] }],
      [200, { viewers: [] }],
    ];
    await list.stop("aaaa");
    expect(asked[1]).toMatchObject({ method: "DELETE", path: "/cellboard/api/viewers/aaaa" });
    expect(list.running).toEqual([]);
  });

  test("is read anew when something could not be stopped, which may have ended by itself", async () => {
    const list = new ViewerList();
    answers = [
      [404, { error: "This viewer is no longer running.", hint: "" }],
      [200, { viewers: [third] }],
    ];
    await list.stop("aaaa");
    expect(list.running).toEqual([third]);
    answers = [
      [500, { error: "No.", hint: "" }],
      [200, { viewers: [first] }],
    ];
    await expect(list.stop("aaaa")).rejects.toThrow("No.");
    expect(list.running).toEqual([first]);
  });
});

describe("an answer that is no", () => {
  test.each([
    [400, { error: "No.", hint: "Do this." }, "No.", "Do this."],
    [500, "<html>", "could not do this (status 500)", ""],
    [404, {}, "has no cellboard", "Install cellboard"],
    [403, { message: "Forbidden" }, "refused", "Log in"],
  ])("of status %d is said in words", async (status, said, message, hint) => {
    answers = [[status, said]];
    const problem = await new ViewerList().refresh().catch((reason: unknown) => reason);
    expect(problem).toBeInstanceOf(ApiError);
    expect((problem as ApiError).message).toContain(message);
    expect((problem as ApiError).hint).toContain(hint);
  });

  test("as is none at all", async () => {
    vi.spyOn(ServerConnection, "makeRequest").mockRejectedValue(new TypeError("offline"));
    await expect(new ViewerList().refresh()).rejects.toThrow("does not answer");
  });
});
