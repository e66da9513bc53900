/** The whole page as one script, workers and all: what a view consists of that is saved as one HTML file. */

import { createHash } from "node:crypto";
import { build, type OxcOptions, type Plugin } from "vite";

const WORKER = /new Worker\(new URL\((["'])(\.[^"']+)\1, import\.meta\.url\), \{ type: "module" \}\)/g;

/** Workers are made of text in the script: a file opened from a disk may load no other. */
const inlineWorkers: Plugin = {
  name: "inline-workers",
  enforce: "pre",
  transform(code, id) {
    if (!/\.tsx?$/.test(id) || !code.includes("new Worker(")) return null;
    const imports: string[] = [];
    const changed = code.replace(WORKER, (_all, _quote: string, path: string) => {
      const name = `InlineWorker${imports.length}`;
      imports.push(`import ${name} from ${JSON.stringify(`${path}?worker&inline`)};`);
      return `new ${name}()`;
    });
    if (!imports.length) this.error(`a worker is started in another way than others: ${id}`);
    return { code: `${imports.join("\n")}\n${changed}`, map: null };
  },
};

/** Dashboards whose code weighs as much as the rest: it is in the script for these alone. A saved page holds one dashboard. */
const HEAVY: Readonly<Record<string, RegExp>> = { meshes: /\/dashboards\/meshes\/MeshesPage\.tsx$/ };

const leaveOut = (patterns: readonly RegExp[]): Plugin => ({
  name: "leave-out",
  enforce: "pre",
  load: (id) => (patterns.some((pattern) => pattern.test(id)) ? "export {};" : null),
});

export interface OfflineScripts {
  /** Relative to the page: the script for a dashboard, and under "" that for all others. */
  fileNames: Record<string, string>;
  /** Puts the scripts among the assets. */
  plugin: Plugin;
}

export async function offlineScripts(oxc: OxcOptions): Promise<OfflineScripts> {
  const names = ["", ...Object.keys(HEAVY)];
  const made = await Promise.all(names.map((name) => offlineScript(oxc, name)));
  const plugin: Plugin = {
    name: "offline-scripts",
    generateBundle() {
      for (const asset of made) this.emitFile({ type: "asset", ...asset });
    },
  };
  return { fileNames: Object.fromEntries(names.map((name, i) => [name, made[i]?.fileName ?? ""])), plugin };
}

async function offlineScript(oxc: OxcOptions, dashboard: string): Promise<{ fileName: string; source: string }> {
  const others = Object.entries(HEAVY).flatMap(([name, page]) => (name === dashboard ? [] : [page]));
  const built = await build({
    configFile: false,
    base: "./",
    logLevel: "warn",
    oxc,
    define: { __OFFLINE_SCRIPTS__: "{}" },
    plugins: [leaveOut(others), inlineWorkers],
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      cssCodeSplit: false,
      rolldownOptions: {
        input: "src/main.tsx",
        output: { format: "iife", codeSplitting: false },
      },
    },
    // A page opened from a disk may start no worker that is a module.
    worker: { format: "iife" },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) => ("output" in one ? one.output : []));
  const scripts = outputs.flatMap((part) => (part.type === "chunk" ? [part.code] : []));
  const [source] = scripts;
  if (scripts.length !== 1 || source === undefined)
    throw new Error(`the saved page's script has ${scripts.length} parts`);
  const fileName = `assets/offline-${createHash("sha256").update(source).digest("hex").slice(0, 8)}.js`;
  return { fileName, source };
}
