import { describe, expect, it } from "vitest";
import { ONNX, withoutWeights } from "../src/graphs/strip";

const field = (number: number, content: Uint8Array | number[]): number[] => {
  const octets: number[] = [number * 8 + 2];
  let size = content.length;
  for (; size > 0x7f; size >>= 7) octets.push((size & 0x7f) | 0x80);
  return [...octets, size, ...content];
};

const text = (of: string): number[] => [...new TextEncoder().encode(of)];
const bytes = async (of: Blob): Promise<number[]> => [...new Uint8Array(await of.arrayBuffer())];
const file = (content: number[]): Blob => new Blob([Uint8Array.from(content)]);
const strip = async (content: number[]): Promise<number[]> => bytes(await withoutWeights(file(content), ONNX));

describe("a model without its weights", () => {
  const node = field(1, [...field(1, text("x")), ...field(4, text("Relu"))]);
  const named = field(8, text("w"));
  const weight = (size: number): number[] => field(5, [...named, ...field(9, new Uint8Array(size))]);

  it("has all of its structure", async () => {
    const content = [0x08, 0x09, ...field(7, [...node, ...weight(10_000), ...node])];
    expect(await strip(content)).toEqual([0x08, 0x09, ...field(7, [...node, ...field(5, named), ...node])]);
  });

  it("is what it was if that is little", async () => {
    const content = [0x08, 0x09, ...field(7, [...node, ...weight(100)])];
    expect(await strip(content)).toEqual(content);
  });

  it("has the graphs in attributes of nodes, without their weights", async () => {
    const inner = (weights: number[]): number[] =>
      field(1, [...field(4, text("If")), ...field(5, field(6, [...node, ...weights]))]);
    const content = field(7, inner(weight(10_000)));
    expect(await strip(content)).toEqual(field(7, inner(field(5, named))));
  });

  it("is read in parts", async () => {
    const size = 5 << 20;
    // The content of the weight is not spelled out: only the heads of the fields around it are.
    const length = (of: number): number[] => [
      (of & 0x7f) | 0x80,
      ((of >> 7) & 0x7f) | 0x80,
      ((of >> 14) & 0x7f) | 0x80,
      of >> 21,
    ];
    const content = [0x4a, ...length(size)];
    const tensor = [0x2a, ...length(named.length + content.length + size), ...named, ...content];
    const graph = [0x3a, ...length(tensor.length + size + node.length), ...tensor];
    const parts = [Uint8Array.from(graph), new Uint8Array(size), Uint8Array.from(node)];
    const kept = await bytes(await withoutWeights(new Blob(parts), ONNX));
    expect(kept).toEqual(field(7, [...field(5, named), ...node]));
  });

  it.each<[string, number[]]>([
    ["nothing", []],
    ["a part of a field", [0x3a, 0x05, 0x01]],
    ["a length without end", [0x3a, ...new Array(12).fill(0xff)]],
    ["a field without a number", [0x02, 0x00]],
    ["another kind of field", [0x0b]],
  ])("is refused where there is %s", async (_, content) => {
    if (content.length) await expect(strip(content)).rejects.toThrow("This file is damaged");
    else expect(await strip(content)).toEqual([]);
  });
});
