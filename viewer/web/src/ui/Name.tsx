import type { JSX } from "preact";

const TAIL = 18;

/** A name in one line: where it is too long, its middle gives way, since names differ at their ends. */
export function Name({ text, title = text }: { text: string; title?: string }): JSX.Element {
  const cut = text.length > TAIL * 1.5 ? text.length - TAIL : text.length;
  return (
    <span class="name" title={title}>
      <span class="name-head">{text.slice(0, cut)}</span>
      {cut < text.length ? <span class="name-tail">{text.slice(cut)}</span> : null}
    </span>
  );
}

/** A tag with the part that its group's heading repeats set back. */
export function TagName({ tag, prefix }: { tag: string; prefix: string }): JSX.Element {
  const rest = prefix ? tag.slice(prefix.length + 1) : tag;
  return (
    <span class="tag-name" title={tag}>
      {prefix ? <span class="tag-prefix">{prefix}/</span> : null}
      <span class="tag-rest">{rest || tag}</span>
    </span>
  );
}
