/** Call `work` when a node comes into view, and every so often while it and the page are seen. */
export function whileSeen(node: Element, work: () => void, interval: number): void {
  let timer = 0;
  const observer = new IntersectionObserver((entries) => {
    window.clearInterval(timer);
    if (entries.at(-1)?.isIntersecting) {
      work();
      timer = window.setInterval(() => {
        if (document.visibilityState === "visible") {
          work();
        }
      }, interval);
    }
  });
  observer.observe(node);
}
