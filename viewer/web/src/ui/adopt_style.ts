/** Style of a page that is loaded when it is opened: what most people never see does not weigh on the first page. */

/** Put rules into the page, once; as text of a script they need no leave of the page's policy. */
export function adoptStyle(rules: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
