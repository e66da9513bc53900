import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { formatCount } from "../../format/numbers";
import { words } from "./find";
import { markIn, placesOf } from "./mark";
import { needMarkdown, render } from "./markdown_loader";
import { rawText } from "./settings";

/** Longer texts are no notes but data: rendering them would freeze the page. */
const LONGEST_RENDERED = 100_000;
const LONGEST_SHOWN = 20_000;

/** One text: its Markdown rendered, or as it was logged. */
export function TextBody({ text }: { text: string }): JSX.Element {
  return rawText.value || text.length > LONGEST_RENDERED ? <Raw text={text} /> : <Markdown text={text} />;
}

function Markdown({ text }: { text: string }): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const renderText = render.value;
  const marked = words.value;
  useLayoutEffect(() => {
    needMarkdown();
    if (!renderText) return;
    const rendered = renderText(text);
    markIn(rendered, marked);
    host.current?.replaceChildren(rendered);
  }, [text, renderText, marked]);
  return <div ref={host} class="markdown" data-testid="markdown" />;
}

/** The text with the words that are looked for marked. */
function Marked({ text }: { text: string }): JSX.Element {
  const pieces: ComponentChildren[] = [];
  let at = 0;
  for (const [begin, end] of placesOf(text, words.value)) {
    pieces.push(text.slice(at, begin), <mark key={begin}>{text.slice(begin, end)}</mark>);
    at = end;
  }
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  );
}

function Raw({ text }: { text: string }): JSX.Element {
  const whole = useSignal(false);
  const cut = !whole.value && text.length > LONGEST_SHOWN;
  return (
    <>
      <pre class="raw-text" data-testid="raw-text">
        <Marked text={cut ? text.slice(0, LONGEST_SHOWN) : text} />
      </pre>
      {cut ? (
        <button
          type="button"
          class="button"
          onClick={() => {
            whole.value = true;
          }}
        >
          Show all {formatCount(text.length)} characters
        </button>
      ) : null}
    </>
  );
}
