import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { formatCount } from "../../format/numbers";
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
  useLayoutEffect(() => {
    needMarkdown();
    if (renderText) host.current?.replaceChildren(renderText(text));
  }, [text, renderText]);
  return <div ref={host} class="markdown" data-testid="markdown" />;
}

function Raw({ text }: { text: string }): JSX.Element {
  const whole = useSignal(false);
  const cut = !whole.value && text.length > LONGEST_SHOWN;
  return (
    <>
      <pre class="raw-text" data-testid="raw-text">
        {cut ? text.slice(0, LONGEST_SHOWN) : text}
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
