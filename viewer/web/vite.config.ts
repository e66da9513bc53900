import { defineConfig } from "vitest/config";

// The page is served below a token, a hub's prefix or a proxy: every address in it is relative. All style is in one
// file and no preload links are made, since a link made by script carries no nonce and the page's policy refuses it.
export default defineConfig({
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
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
  worker: { format: "es" },
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "http://127.0.0.1:6006/token/" } },
    include: ["tests/**/*.test.{ts,tsx}"],
  },
});
