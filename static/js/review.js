// The review desk by keys: j and k go down and up, the others press what they say.
const TYPING = "input, select, textarea";
const TICK = "[type=checkbox], [type=radio]";

export function reviewByKeys(root) {
  const list = root.querySelector("[data-review]");
  const help = root.querySelector("[data-review-keys]");
  if (!list && !help) return;
  if (help) help.hidden = false;
  // Looked for at each key: a live list gets others.
  const all = () => [...root.querySelectorAll("[data-review] [data-review-item]")];
  list.dataset.review = "keys";
  begin(all());
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const items = all();
    const here = items.findIndex((item) => item.contains(root.activeElement));
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    const done = step ? walk(root, items, here, step) : press(event.key, items[here] ?? only(items), root);
    if (done) event.preventDefault();
  });
}

const isTyping = (target) => target.matches(TYPING) && !target.matches(TICK);

// A page of one thing needs nothing focused.
const only = (items) => (items.length === 1 ? items[0] : undefined);

// A keyboard begins at the one whom the address names, or at the first; a phone stays on top.
function begin(items) {
  const named = items.find((item) => `#${item.id}` === location.hash);
  if (named) named.focus({ preventScroll: true });
  else if (matchMedia("(hover: hover) and (pointer: fine)").matches) items[0]?.focus({ preventScroll: true });
}

function go(item) {
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

// Before the first and behind the last stands another page, where there is one.
function walk(root, items, here, step) {
  const item = items[here + step];
  if (item) go(item);
  else root.querySelector(`a[rel="${step > 0 ? "next" : "prev"}"]`)?.click();
  return true;
}

// What the key names within the thing at hand; undoing and the list of keys belong to the page.
function press(key, item, root) {
  if (!/^([a-z1-9?]|Enter)$/.test(key)) return false;
  // Return presses what is focused; on the thing itself it opens it.
  if (key === "Enter" && root.activeElement !== item) return false;
  const reasons = item?.querySelector("[data-review-exclude][open]");
  const named = reasons?.querySelector(`[data-reason="${key}"]`);
  const target = named ?? ("u?".includes(key) ? root : item)?.querySelector(`[data-key~="${key}"]`);
  if (!target) return false;
  if (target.matches(TYPING) && !target.matches(TICK)) target.focus();
  else (target.querySelector("button, summary") ?? target).click();
  return true;
}
