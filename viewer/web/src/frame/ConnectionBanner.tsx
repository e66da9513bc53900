import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { askNow, connection, type Loss, status } from "../state/log";
import { Icon } from "../ui/Icon";

const WORDS: Record<Loss, string> = {
  gone: "The viewer has gone.",
  refused: "The viewer does not answer to this address any more.",
  failed: "The viewer answers with an error.",
};

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** Says that nobody answers any more, and how to get a viewer again. */
export function ConnectionBanner(): JSX.Element | null {
  const now = connection.value;
  if (now.state !== "lost") return null;
  const logdir = status.value?.logdir ?? "DIR";
  const option = status.value?.logdirs ? "--logdir_spec" : "--logdir";
  return (
    <div class="banner" role="alert" data-testid="banner">
      <Icon name="warning" />
      <div class="banner-words">
        <strong>{WORDS[now.why]}</strong> {now.said ? `${sentence(now.said)} ` : ""}Restart it with{" "}
        <code>
          cellboard {option} {shellWord(logdir)}
        </code>
        , or run the <code>%board</code> cell again.{" "}
        {status.value ? "What is shown here is as of its last answer." : ""}
      </div>
      <Countdown until={now.retryAt} />
      <button type="button" class="button" data-testid="retry" onClick={() => void askNow()}>
        Try now
      </button>
    </div>
  );
}

function Countdown({ until }: { until: number }): JSX.Element {
  const left = useSignal(0);
  useEffect(() => {
    const tick = (): void => {
      left.value = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    };
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [until]);
  return <span class="banner-retry">{left.value ? `next try in ${left.value} s` : "trying…"}</span>;
}

const shellWord = (text: string): string => (/^[\w./~-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`);
