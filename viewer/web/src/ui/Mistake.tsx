import type { JSX } from "preact";

const AROUND = 14;

/** Where in a typed text a mistake is: the text around it, with carets below. */
export function Mistake({ text, place: [from, to] }: { text: string; place: readonly [number, number] }): JSX.Element {
  const start = Math.max(0, from - AROUND);
  const end = Math.min(text.length, Math.max(to, from + 1) + AROUND);
  const before = `${start > 0 ? "…" : ""}${text.slice(start, from)}`;
  const marked = text.slice(from, Math.min(to, end));
  const after = `${text.slice(from + marked.length, end)}${end < text.length ? "…" : ""}`;
  return (
    <pre class="mistake" data-testid="mistake" data-from={from} data-to={to}>
      {before}
      <mark>{marked}</mark>
      {after}
      {`\n${" ".repeat(before.length)}${"^".repeat(Math.max(1, marked.length))}`}
    </pre>
  );
}
