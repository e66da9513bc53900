import { ServerConnection } from "@jupyterlab/services";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { MIME_TYPE } from "../src/message";
import { settings } from "../src/settings";
import { ViewerOutput } from "../src/viewer";

const data = {
  id: "0123456789ab",
  path: "cellboard/v/0123456789ab/",
  height: 600,
  title: "<b>runs</b>",
  logdir: "/data/<i>",
};

function model(value: unknown) {
  return { trusted: false, metadata: {}, data: { [MIME_TYPE]: value as never }, setData: () => {} };
}

/** The other viewers that run, and what starting one answers. */
let others: { id: string; logdir: string; started: number }[];
let started: () => Response;

beforeEach(() => {
  others = [];
  started = () => new Response(JSON.stringify({ error: "No room.", hint: "Stop one." }), { status: 500 });
  vi.spyOn(ServerConnection, "makeRequest").mockImplementation(async (_, init) =>
    init.method === "POST" ? started() : new Response(JSON.stringify({ viewers: others })),
  );
});

function answering(status: number) {
  const asked = vi.fn(async (_: string) => new Response(null, { status }));
  vi.stubGlobal("fetch", asked);
  return asked;
}

let output: ViewerOutput;
beforeEach(() => {
  output = new ViewerOutput();
});
afterEach(() => {
  output.dispose();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("a viewer that lives", () => {
  test("is shown in a frame of the asked height", async () => {
    const asked = answering(200);
    await output.renderModel(model(data));
    const frame = output.node.querySelector("iframe");
    expect(frame?.getAttribute("src")).toMatch(/\/cellboard\/v\/0123456789ab\/$/);
    expect(output.node.querySelector<HTMLElement>(".cellboard-body")?.style.height).toBe("600px");
    expect(asked.mock.calls[0]?.[0]).toMatch(/\/cellboard\/v\/0123456789ab\/api\/v1\/ping$/);
  });

  test("keeps its frame when the same output is drawn again", async () => {
    answering(200);
    await output.renderModel(model(data));
    const frame = output.node.querySelector("iframe");
    await output.renderModel(model(data));
    expect(output.node.querySelector("iframe")).toBe(frame);
  });
});

describe("a viewer that is gone", () => {
  test.each([
    [410, "no longer running", "%board --logdir '/data/<i>'"],
    [404, "has no cellboard", "%board scalars --logdir '/data/<i>'"],
    [403, "refused this page", "%board scalars --logdir '/data/<i>'"],
    [502, "does not answer", "%board --logdir '/data/<i>'"],
  ])("with status %d says so and what to run", async (status, words, command) => {
    answering(status);
    await output.renderModel(model(data));
    expect(output.node.querySelector("iframe")).toBeNull();
    expect(output.node.textContent).toContain(words);
    expect(output.node.querySelector("code")?.textContent).toBe(command);
  });

  test("is shown after all when it answers again", async () => {
    answering(502);
    await output.renderModel(model(data));
    answering(200);
    output.node.querySelector<HTMLElement>(".cellboard-again")?.click();
    await vi.waitFor(() => expect(output.node.querySelector("iframe")).not.toBeNull());
  });

  test("when the server cannot be reached", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    await output.renderModel(model(data));
    expect(output.node.textContent).toContain("does not answer");
  });
});

describe("a viewer that has gone", () => {
  /** Those of `alive` answer. */
  function living(...alive: string[]): void {
    vi.stubGlobal("fetch", async (url: string) => {
      return new Response(null, { status: alive.some((id) => url.includes(`/${id}/`)) ? 200 : 410 });
    });
  }

  function shown(): string | undefined {
    return output.node.querySelector("iframe")?.src.match(/\/v\/(.*)$/)?.[1];
  }

  function press(): void {
    output.node.querySelector<HTMLElement>(".cellboard-restart")?.click();
  }

  test("is replaced by another one of the same logs, in the same state", async () => {
    living("bbbbbbbbbbbb");
    others = [{ id: "bbbbbbbbbbbb", logdir: data.logdir, started: 1 }];
    await output.renderModel(model({ ...data, path: `${data.path}#images` }));
    expect(shown()).toBe("bbbbbbbbbbbb/#images");
    expect(output.node.querySelector<HTMLAnchorElement>("a")?.href).toMatch(/bbbbbbbbbbbb\/#images$/);
  });

  test("is started again when somebody says so", async () => {
    living("cccccccccccc");
    await output.renderModel(model(data));
    expect(shown()).toBeUndefined();
    const viewer = { id: "cccccccccccc", logdir: data.logdir, started: 2 };
    started = () => new Response(JSON.stringify({ viewer, reused: false }), { status: 201 });
    press();
    await vi.waitFor(() => expect(shown()).toBe("cccccccccccc/"));
    expect(output.hasClass("cellboard-absent")).toBe(false);
  });

  test("says why it cannot be started, and can be tried again", async () => {
    living();
    await output.renderModel(model(data));
    press();
    await vi.waitFor(() => expect(output.node.querySelector("[role=alert]")?.textContent).toBe("No room. Stop one."));
    expect(output.node.querySelector<HTMLButtonElement>(".cellboard-restart")?.disabled).toBe(false);
    press();
    await vi.waitFor(() => expect(output.node.querySelectorAll("[role=alert]")).toHaveLength(1));
  });

  test("cannot be started where nobody knows of what", async () => {
    living();
    await output.renderModel(model({ id: data.id }));
    expect(output.node.querySelector(".cellboard-restart")).toBeNull();
    expect(output.node.querySelector(".cellboard-again")).not.toBeNull();
  });
});

test("an output without a height has that of the settings", async () => {
  answering(200);
  settings.height = 333;
  await output.renderModel(model({ ...data, height: undefined }));
  expect(output.node.querySelector<HTMLElement>(".cellboard-body")?.style.height).toBe("333px");
});

test("words of the output are text, never markup", async () => {
  answering(410);
  await output.renderModel(model(data));
  expect(output.node.querySelector("b, i")).toBeNull();
  expect(output.node.querySelector(".cellboard-title")?.textContent).toBe("<b>runs</b>");
});

test("an output that names no viewer asks nobody", async () => {
  const asked = answering(200);
  await output.renderModel(model({ id: "../../x" }));
  expect(asked).not.toHaveBeenCalled();
  expect(output.node.querySelector("iframe")).toBeNull();
});
