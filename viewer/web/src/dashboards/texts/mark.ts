/** Marks words in nodes that are there already: no text is ever read as HTML. */

const MOST_MARKS = 500;

/** Where `words` stand in `text`, whatever their capitals, as pairs of begin and end. */
export function placesOf(text: string, words: string, most = MOST_MARKS): [number, number][] {
  if (!words) return [];
  const [lower, wanted] = [text.toLowerCase(), words.toLowerCase()];
  // Few letters have another length in small: then the places would be wrong.
  const [hay, needle] = lower.length === text.length ? [lower, wanted] : [text, words];
  const places: [number, number][] = [];
  for (let at = hay.indexOf(needle); at >= 0 && places.length < most; at = hay.indexOf(needle, at + needle.length)) {
    places.push([at, at + needle.length]);
  }
  return places;
}

/** Put every place of `words` that lies in one text node into a `<mark>`. */
export function markIn(root: Node, words: string): void {
  if (!words) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node as Text);
  let left = MOST_MARKS;
  for (const node of nodes) {
    // From the last to the first: what stands before stays where it is.
    const places = placesOf(node.data, words, left);
    left -= places.length;
    for (const [begin, end] of places.reverse()) {
      const middle = node.splitText(begin);
      middle.splitText(end - begin);
      const mark = document.createElement("mark");
      middle.replaceWith(mark);
      mark.append(middle);
    }
  }
}
