/**
 * Markdown to safe page nodes.
 *
 * The text comes from a log and is not trusted: HTML in it stays text (`html: false`), what the renderer makes is cleaned
 * once more by DOMPurify with a short list of allowed tags, and the result is nodes, never a string given to innerHTML.
 * Pictures are replaced by their description, since they would make the reader's browser ask other servers.
 */

import DOMPurify from "dompurify";
import MarkdownIt from "markdown-it";

const TAGS = [
  ...["p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em", "strong", "s", "del"],
  ...["ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a"],
];
const ATTRIBUTES = ["href", "title", "start", "align"];
const SAFE_LINK = /^(?:https?:|mailto:)/i;

const renderer = new MarkdownIt({ html: false, linkify: false, breaks: false });
renderer.renderer.rules.image = (tokens, index) => {
  const token = tokens[index];
  const words = token?.content || "picture";
  return `<em>[${renderer.utils.escapeHtml(words)}]</em>`;
};
// Alignment of table columns arrives as a style; as an attribute it passes without allowing styles.
for (const cell of ["th_open", "td_open"] as const) {
  renderer.renderer.rules[cell] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    const align = /text-align:(\w+)/.exec(String(token?.attrGet("style") ?? ""))?.[1];
    if (token && align) token.attrs = [["align", align]];
    return self.renderToken(tokens, index, options);
  };
}

/** The text's Markdown as nodes to be put into the page. */
export function renderMarkdown(text: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(renderer.render(text), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of fragment.querySelectorAll("a")) tameLink(link);
  return fragment;
}

/** Links leave the page in a tab of their own and tell nothing about where they stood; others are plain text. */
function tameLink(link: HTMLAnchorElement): void {
  if (!SAFE_LINK.test(link.getAttribute("href") ?? "")) {
    link.replaceWith(...link.childNodes);
    return;
  }
  link.target = "_blank";
  link.rel = "noopener noreferrer nofollow";
}
