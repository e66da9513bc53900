import type { JSX } from "preact";
import { formatWallTime, formatWhen } from "../format/time";
import { connection, reloading, reloadNow, status } from "../state/log";
import { reloads } from "../state/settings";
import { Icon } from "../ui/Icon";

type Look = "live" | "busy" | "paused" | "lost";

/** Whether what is shown is the latest, and as of when; a click reads the log anew. */
export function ReloadState(): JSX.Element {
  const look = lookOf();
  const at = status.value?.loaded_at;
  const read = at ? `Read at ${formatWallTime(at)}` : "Not read yet";
  const words = {
    live: `Live. ${read}`,
    busy: "Reading the log",
    paused: `Reloading is off. ${read}`,
    lost: `The viewer does not answer. ${read}`,
  }[look];
  return (
    <button
      type="button"
      class={`reload ${look}`}
      title={`${words}. Click to reload (r)`}
      aria-label={`Reload now. ${words}`}
      data-testid="live"
      data-state={look}
      data-read={at}
      onClick={() => void reloadNow()}
    >
      {look === "busy" ? <span class="spinner" /> : <Icon name="reload" />}
      <span class="reload-dot" />
      <span class="reload-words">{look === "paused" && at ? `as of ${formatWhen(at)}` : null}</span>
    </button>
  );
}

function lookOf(): Look {
  const { state } = connection.value;
  if (state === "lost") return "lost";
  if (reloading.value || state === "connecting" || status.value?.state === "loading") return "busy";
  return reloads.value ? "live" : "paused";
}
