import type { OxcOptions } from "vite";
import { defineConfig } from "vitest/config";
import { offlineScripts } from "./vite.offline.ts";

const oxc: OxcOptions = { jsx: { runtime: "automatic", importSource: "preact" } };

// The page is served below a token, a hub's prefix or a proxy: every address in it is relative. All style is in one
// file and no preload links are made, since a link made by script carries no nonce and the page's policy refuses it.
export default defineConfig(async ({ command, mode }) => {
  const offline = command === "build" && mode !== "test" ? await offlineScripts(oxc) : null;
  return {
    base: "./",
    oxc,
    define: { __OFFLINE_SCRIPTS__: JSON.stringify(offline?.fileNames ?? {}) },
    plugins: offline ? [offline.plugin] : [],
    build: {
      target: "es2022",
      outDir: "dist",
      assetsDir: "assets",
      cssCodeSplit: false,
      modulePreload: false,
      assetsInlineLimit: 0,
      // The notices that the bundled packages ask for, shipped beside them.
      license: { fileName: "LICENSES.md" },
      reportCompressedSize: true,
    },
    worker: { format: "es" as const },
    test: {
      environment: "happy-dom",
      environmentOptions: { happyDOM: { url: "http://127.0.0.1:6006/token/" } },
      include: ["tests/**/*.test.{ts,tsx}"],
    },
  };
});
