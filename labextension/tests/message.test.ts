import { describe, expect, test } from "vitest";
import { boardCommand, frameAddress, readMessage, viewerAddress } from "../src/message";

const message = { id: "0123456789ab", path: "", height: 600, title: "runs", logdir: "/data/runs" };
const BASE = "/user/ada/";

describe("readMessage", () => {
  test("reads what %board writes", () => {
    expect(readMessage({ ...message, more: 1 })).toEqual(message);
  });

  test.each([
    null,
    7,
    "x",
    [],
    {},
    { id: 7 },
    { id: "" },
    { id: "../x" },
    { id: "a/b" },
    { id: "a?b" },
    { id: "a".repeat(200) },
  ])("refuses %j", (data) => {
    expect(readMessage(data)).toBeNull();
  });

  test.each([
    [undefined, null],
    ["90000", null],
    [Number.NaN, null],
    [1e9, 10_000],
    [-5, 100],
    [600.4, 600],
  ])("takes height %j as %j", (height, expected) => {
    expect(readMessage({ id: "abcd", height })?.height).toBe(expected);
  });

  test("fills in what is missing or of another type", () => {
    expect(readMessage({ id: "abcd", title: 7, logdir: {}, path: [] })).toMatchObject({
      title: "",
      logdir: "",
      path: "",
    });
  });
});

describe("frameAddress", () => {
  const viewer = viewerAddress(BASE, message.id);

  test("is below the base URL", () => {
    expect(new URL(viewer).pathname).toBe("/user/ada/cellboard/v/0123456789ab/");
    expect(frameAddress(BASE, { ...message, path: "cellboard/v/0123456789ab/" })).toBe(viewer);
    expect(frameAddress(BASE, { ...message, path: "cellboard/v/0123456789ab/#images" })).toBe(`${viewer}#images`);
  });

  test.each([
    "",
    "javascript:alert(1)",
    "//evil.example/",
    "https://evil.example/cellboard/v/0123456789ab/",
    "/files/x.html",
    "../files/x.html",
    "cellboard/v/0123456789ab/../../../files/x.html",
    "cellboard/v/ffffffffffff/",
    "http://[",
    "data:text/html,x",
  ])("does not leave the viewer for %j", (path) => {
    expect(frameAddress(BASE, { ...message, path })).toBe(viewer);
  });
});

describe("boardCommand", () => {
  test.each([
    ["/data/runs", "%board --logdir /data/runs"],
    ["", "%board --logdir DIR"],
    ["/my runs", "%board --logdir '/my runs'"],
    ["/it's", `%board --logdir '/it'"'"'s'`],
    ["a:/runs,b:/old", "%board --logdir_spec a:/runs,b:/old"],
    ["a b:C:\\runs", "%board --logdir_spec 'a b:C:\\runs'"],
    ["C:\\runs", "%board --logdir 'C:\\runs'"],
    ["/a:/b", "%board --logdir /a:/b"],
    ["/a\n!rm -rf x", "%board --logdir '/a !rm -rf x'"],
  ])("quotes %j", (logdir, command) => {
    expect(boardCommand(logdir)).toBe(command);
  });
});
