import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";

const MANY_LINES = 16;
const MANY_CHARACTERS = 1600;

/** Whether a text would push its neighbours out of sight. */
export const isLong = (cells: readonly string[]): boolean =>
  cells.length > MANY_LINES ||
  cells.reduce((sum, cell) => sum + cell.length, 0) > MANY_CHARACTERS ||
  cells.some((cell) => cell.split("\n", MANY_LINES + 1).length > MANY_LINES);

interface Props {
  long: boolean;
  /** Unfolded whatever its length: somebody came for this text. */
  wanted: boolean;
  children: ComponentChildren;
}

/** A long text shows its beginning until somebody asks for all of it. */
export function Folded({ long, wanted, children }: Props): JSX.Element {
  const asked = useSignal<boolean | null>(null);
  if (!long) return <>{children}</>;
  const open = asked.value ?? wanted;
  return (
    <>
      <div class={open ? "unfolded" : "folded"}>{children}</div>
      <button
        type="button"
        class="link-button"
        aria-expanded={open}
        data-testid="text-fold"
        onClick={() => {
          asked.value = !open;
        }}
      >
        {open ? "Show less" : "Show all"}
      </button>
    </>
  );
}
