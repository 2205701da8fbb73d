// The review desk by keys: j and k go down and up, 1 to 3 choose, n, s, x and u press what they say.
const TYPING = "input, select, textarea";

export function reviewByKeys(root) {
  const list = root.querySelector("[data-review]");
  const items = [...root.querySelectorAll("[data-review-item]")];
  const help = root.querySelector("[data-review-keys]");
  if (help) help.hidden = false;
  if (list) go(items.find((item) => `#${item.id}` === location.hash) ?? items[0]);
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPING)) return;
    const here = items.findIndex((item) => item.contains(root.activeElement));
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step && list) go(items[Math.min(Math.max(here + step, 0), items.length - 1)]);
    else if (!press(event.key, items[here], root)) return;
    event.preventDefault();
  });
}

function go(item) {
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: "nearest" });
}

// What the key names within the identity at hand; undoing belongs to the page.
function press(key, item, root) {
  if (!/^[1-3nsxu]$/.test(key)) return false;
  const target = (key === "u" ? root : item)?.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  (target.querySelector("button") ?? target).click();
  target.parentElement.querySelector(":scope > div > button")?.focus();
  return true;
}
