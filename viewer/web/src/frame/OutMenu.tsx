import { useSignal } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { Icon } from "../ui/Icon";
import { Menu } from "../ui/Menu";

type Opened = ComponentType<{ onClose(): void }>;

const LOADERS = {
  export: async (): Promise<Opened> => (await import("../out/ExportDialog")).ExportDialog,
  save: async (): Promise<Opened> => (await import("../out/SaveDialog")).SaveDialog,
};

/** What can be taken out of the page. The code for it is fetched when it is asked for. */
export function OutMenu(): JSX.Element {
  const opened = useSignal<Opened | null>(null);
  const open = (name: keyof typeof LOADERS) => async (): Promise<void> => {
    const loaded = await LOADERS[name]().catch(() => null);
    if (loaded) opened.value = loaded;
  };
  const Dialog = opened.value;
  return (
    <>
      <Menu
        label="Export"
        look="icon-button"
        testId="out-menu"
        sections={[
          {
            items: [
              { key: "export", text: "Export scalars…", testId: "out-export", choose: open("export") },
              { key: "save", text: "Save this page as HTML…", testId: "out-save", choose: open("save") },
            ],
          },
        ]}
      >
        <Icon name="download" />
      </Menu>
      {Dialog ? (
        <Dialog
          onClose={() => {
            opened.value = null;
          }}
        />
      ) : null}
    </>
  );
}
