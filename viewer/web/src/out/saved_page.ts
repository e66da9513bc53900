/** One HTML file that holds a view with everything it needs. */

import { escapeXml } from "../draw/save";
import { SAVED_ID, type SavedPage } from "../saved/saved";

/** Nothing is fetched from anywhere; of scripts only the one with the nonce runs. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "media-src data: blob:",
    "worker-src blob: data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

export interface Parts {
  title: string;
  page: SavedPage;
  script: string;
  style: string;
  nonce: string;
}

export function savedPage({ title, page, script, style, nonce }: Parts): string {
  // In JSON `<` stands in strings alone, where it may be written as an escape: no name can end the element.
  const data = JSON.stringify(page).replace(/</g, "\\u003c");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeXml(title)}</title>
<style>${style.replace(/<\/style/gi, "<\\/style")}</style>
</head>
<body>
<div id="app"></div>
<noscript>This page draws its charts with JavaScript, which is switched off here.</noscript>
<script type="application/json" id="${SAVED_ID}">${data}</script>
<script nonce="${nonce}">${script.replace(/<(?=\/script|!--)/gi, "\\x3c")}</script>
</body>
</html>
`;
}
