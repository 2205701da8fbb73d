// After each saving, fetches the parts again that say what the file is now: the check, its state.
export function checkSaved(root) {
  root.addEventListener("work:saved", renew);
}

let asked = 0;

async function renew() {
  const mine = ++asked;
  const answer = await fetch(location.pathname).then((page) => (page.ok ? page.text() : ""), () => "");
  const fresh = new DOMParser().parseFromString(answer, "text/html");
  if (mine !== asked) return;
  for (const part of document.querySelectorAll("[data-after-saving]")) {
    const other = fresh.querySelector(`[data-after-saving="${part.dataset.afterSaving}"]`);
    if (other) part.replaceWith(other);
  }
  document.dispatchEvent(new CustomEvent("faults:new"));
}
