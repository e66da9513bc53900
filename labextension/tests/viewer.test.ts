import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { MIME_TYPE } from "../src/message";
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
    output.node.querySelector("button")?.click();
    await vi.waitFor(() => expect(output.node.querySelector("iframe")).not.toBeNull());
  });

  test("when the server cannot be reached", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    await output.renderModel(model(data));
    expect(output.node.textContent).toContain("does not answer");
  });
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
