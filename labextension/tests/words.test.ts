import { describe, expect, test } from "vitest";
import type { Owner, RunningViewer } from "../src/api";
import { isEventFile } from "../src/paths";
import { readSettings } from "../src/settings";
import { ageOf, describe as describeViewer, nameOf, stateOf, wordsOf } from "../src/words";

const viewer: RunningViewer = {
  id: "aaaa",
  path: "cellboard/v/aaaa/",
  port: 6007,
  logdir: "/data/my runs",
  title: "",
  version: "0.1.0",
  started: 0,
  age: 200,
  memory: 41_400_000,
  owner: null,
};

test.each([
  [-1, "0 s"],
  [59.9, "59 s"],
  [60, "1 min"],
  [3599, "59 min"],
  [3600, "1 h"],
  [86_399, "23 h"],
  [200_000, "2 d"],
])("%d seconds are %s", (seconds, words) => {
  expect(ageOf(seconds)).toBe(words);
});

test.each([
  [{ title: "Mine", logdir: "/x" }, "Mine"],
  [{ title: "", logdir: "/data/runs/" }, "runs"],
  [{ title: "", logdir: "C:\\data\\runs" }, "runs"],
  [{ title: "", logdir: "/" }, "/"],
  [{ title: "", logdir: "" }, "cellboard"],
])("%j is called %s", (of, name) => {
  expect(nameOf(of)).toBe(name);
});

describe("what is said of a viewer", () => {
  test("is its age and memory, as far as known", () => {
    expect(stateOf(viewer)).toBe("3 min, 41 MB");
    expect(stateOf({ ...viewer, memory: null })).toBe("3 min");
  });

  test.each<[Owner | null, string]>([
    [null, "Started by hand"],
    [{ kind: "server", running: true, kernel: "", path: "" }, "Started from JupyterLab"],
    [{ kind: "kernel", running: true, kernel: "k", path: "a/train.ipynb" }, "Started by a/train.ipynb"],
    [{ kind: "kernel", running: true, kernel: "k", path: "" }, "Started by a kernel of this server"],
    [{ kind: "process", running: true, kernel: "", path: "" }, "Started by another program"],
    [{ kind: "process", running: false, kernel: "", path: "" }, "Started by a program that has ended"],
  ])("is who started it: %j", (owner, words) => {
    expect(describeViewer({ ...viewer, owner })).toBe(`/data/my runs\n${words}\n3 min, 41 MB, port 6007`);
  });
});

test.each([
  [new Error("No."), "No."],
  [Object.assign(new Error("No."), { hint: "Do." }), "No. Do."],
  ["text", "text"],
  [undefined, "undefined"],
])("%j is told as it is", (problem, words) => {
  expect(wordsOf(problem)).toBe(words);
});

test.each([
  ["events.out.tfevents.1.host", true],
  ["my.tfevents", true],
  ["events.txt", false],
])("%s holds events: %s", (name, holds) => {
  expect(isEventFile(name)).toBe(holds);
});

describe("settings", () => {
  test("are taken as they are", () => {
    expect(readSettings({ height: 500, logdir: " runs ", placement: "split-left" })).toEqual({
      height: 500,
      logdir: "runs",
      placement: "split-left",
    });
  });

  test.each([{}, { height: "x", logdir: 7, placement: "constructor" }, { height: null, placement: null }])(
    "that make no sense are the defaults: %j",
    (found) => {
      expect(readSettings(found)).toEqual({ height: 800, logdir: "", placement: "tab-after" });
    },
  );
});
