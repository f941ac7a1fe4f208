// The one owner of the page's own life: when it rests, and loading it anew.

/** Calls back once the page is loaded and has nothing else to do. */
export function whenIdle(run: () => void): void {
  const rest = () => ("requestIdleCallback" in window ? requestIdleCallback(() => run()) : run());
  if (document.readyState === "complete") rest();
  else addEventListener("load", rest, { once: true });
}

export function reloadPage(): void {
  location.reload();
}
