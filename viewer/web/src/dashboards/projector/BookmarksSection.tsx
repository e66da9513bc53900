import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { download, fileName } from "../../draw/save";
import { IconButton } from "../../ui/IconButton";
import { add, bookmarks, current, goTo, offerError, read, remove, written } from "./bookmarks";
import { Section } from "./Section";
import { base } from "./source";

const LARGEST_FILE = 64_000_000;

/** Views that are kept, and files of them. */
export function BookmarksSection(): JSX.Element {
  const name = useSignal("");
  const error = useSignal<string | null>(null);
  const all = bookmarks.value;
  const keep = (): void => {
    if (!base.peek()) return;
    add(name.peek());
    name.value = "";
  };
  return (
    <Section title="Bookmarks" testId="proj-bookmarks">
      <div class="proj-add">
        <input
          type="text"
          class="text-field"
          placeholder={`View ${all.length + 1}`}
          aria-label="Name of the bookmark"
          maxLength={200}
          value={name.value}
          data-testid="proj-bookmark-name"
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") keep();
          }}
        />
        <button type="button" class="button" disabled={!base.value} data-testid="proj-bookmark-add" onClick={keep}>
          Keep
        </button>
      </div>
      {all.length ? (
        <ul class="proj-list">
          {all.map((bookmark, at) => (
            <li key={at} class="proj-bookmark">
              <button
                type="button"
                class="proj-point"
                aria-current={current.value === at ? "true" : undefined}
                data-testid="proj-bookmark"
                onClick={() => goTo(at)}
              >
                <span class="proj-ellipsis">{bookmark.name}</span>
              </button>
              <IconButton
                icon="close"
                label={`Delete ${bookmark.name}`}
                testId="proj-bookmark-delete"
                onClick={() => remove(at)}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p class="hint">Projection, camera, colours and selection as they are now, to come back to.</p>
      )}
      <div class="proj-actions">
        <button
          type="button"
          class="button"
          disabled={!all.length}
          data-testid="proj-bookmarks-save"
          onClick={() =>
            download(
              new Blob([written()], { type: "application/json" }),
              fileName("json", base.peek()?.title ?? "points", "bookmarks"),
            )
          }
        >
          Save
        </button>
        <label class="button proj-load">
          Load
          <input
            type="file"
            accept=".json,.txt,application/json"
            class="for-screen-readers"
            data-testid="proj-bookmarks-load"
            onChange={(event) => {
              const input = event.currentTarget;
              const file = input.files?.[0];
              if (!file) return;
              void loadFile(file).then((said) => {
                error.value = said;
                input.value = "";
              });
            }}
          />
        </label>
      </div>
      {(error.value ?? offerError.value) ? (
        <p class="hint proj-failed" role="alert" data-testid="proj-bookmarks-error">
          {error.value ?? offerError.value}
        </p>
      ) : null}
    </Section>
  );
}

async function loadFile(file: File): Promise<string | null> {
  if (file.size > LARGEST_FILE) return "This file is too large to be one of bookmarks";
  return read(await file.text());
}
