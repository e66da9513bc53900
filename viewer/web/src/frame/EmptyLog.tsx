import type { JSX } from "preact";
import { status } from "../state/log";
import { Notice } from "./Notice";

const writerExample = (logdir: string): string => `from cellboard import SummaryWriter

with SummaryWriter(${JSON.stringify(`${logdir.replace(/\/$/, "")}/first`)}) as writer:
    for step in range(100):
        writer.add_scalar("train/loss", 1 / (step + 1), step)`;

/** A logdir without runs, or none at all: how to get the first chart. */
export function EmptyLog(): JSX.Element {
  const several = Object.values(status.value?.logdirs ?? {});
  const logdirs = several.length ? several : [status.value?.logdir ?? ""];
  const missing = status.value?.state === "missing";
  return (
    <Notice
      title={missing ? "This log directory does not exist yet" : "No runs in this log directory yet"}
      testId={missing ? "log-missing" : "log-empty"}
    >
      {logdirs.map((logdir) => (
        <p key={logdir}>
          <code class="path">{logdir}</code>
        </p>
      ))}
      <p>
        {missing ? "It may be created at any time, or the path may be mistyped. " : ""}
        cellboard keeps watching it: whatever is written there appears on this page by itself.{" "}
        <code>cellboard doctor</code> says what is there, and what is wrong with it.
      </p>
      <pre class="snippet">{writerExample(logdirs[0] as string)}</pre>
      <p class="hint">Logs of torch, Keras, TensorFlow and tensorboardX are read as well.</p>
    </Notice>
  );
}
