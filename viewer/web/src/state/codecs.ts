/** How values are written in the address. */

import type { Codec } from "./hash";

export const textCodec: Codec<string> = {
  read: (values) => values[0],
  write: (value) => (value ? [value] : []),
};

export const flagCodec: Codec<boolean> = {
  read: (values) => (values.length ? values[0] !== "0" : undefined),
  write: (value) => [value ? "1" : "0"],
};

export const setCodec: Codec<ReadonlySet<string>> = {
  read: (values) => (values.length ? new Set(values) : undefined),
  write: (value) => [...value],
};

export function numberCodec(least: number, most: number): Codec<number> {
  return {
    read: (values) => {
      const value = Number(values[0] || Number.NaN);
      return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : undefined;
    },
    write: (value) => [String(value)],
  };
}

export function choiceCodec<T extends string>(choices: readonly T[]): Codec<T> {
  return {
    read: (values) => choices.find((choice) => choice === values[0]),
    write: (value) => [value],
  };
}
