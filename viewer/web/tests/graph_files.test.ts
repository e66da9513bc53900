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
    const content = [0x08, 0x09, ...field(7, [...node, ...weight(100_000), ...node])];
    expect(await strip(content)).toEqual([0x08, 0x09, ...field(7, [...node, ...field(5, named), ...node])]);
  });

  it("is what it was if that is little", async () => {
    const content = [0x08, 0x09, ...field(7, [...node, ...weight(100)])];
    expect(await strip(content)).toEqual(content);
  });

  it("has the graphs in attributes of nodes, without their weights", async () => {
    const inner = (weights: number[]): number[] =>
      field(1, [...field(4, text("If")), ...field(5, field(6, [...node, ...weights]))]);
    const content = field(7, inner(weight(100_000)));
    expect(await strip(content)).toEqual(field(7, inner(field(5, named))));
  });

  it("is read in parts", async () => {
    const content = field(7, [...weight(6 << 20), ...node, ...weight(5000), ...node]);
    const kept = [...field(5, named), ...node];
    expect(await strip(content)).toEqual(field(7, [...kept, ...kept]));
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
