/** Make an element; `text` is text, whatever is in it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  name: string,
  text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

/** Make a button that looks like Jupyter's. */
export function button(name: string, text: string, press: () => void): HTMLButtonElement {
  const made = element("button", `cellboard-button ${name}`, text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
