import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { askNow, connection, status } from "../state/log";
import { Icon } from "../ui/Icon";

/** Says that nobody answers any more, and how to get a viewer again. */
export function ConnectionBanner(): JSX.Element | null {
  const now = connection.value;
  if (now.state !== "lost") return null;
  const logdir = status.value?.logdir ?? "DIR";
  return (
    <div class="banner" role="alert" data-testid="banner">
      <Icon name="warning" />
      <div class="banner-words">
        <strong>{now.refused ? "The viewer refuses this address." : "The viewer has gone."}</strong> Restart it with{" "}
        <code>cellboard --logdir {shellWord(logdir)}</code>, or run the <code>%board</code> cell again.{" "}
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
