// Offers to print where a page is worth it: without script the browser's own menu does it.
export function offerPrint(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
