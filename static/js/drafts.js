// Keeps what is typed on this device, for the person who typed it, until it was sent.
const KIND = "draft:";
const LONGEST = 14 * 24 * 3600e3;
const PAUSE = 300;

export function keepDrafts(root) {
  forgetDrafts((draft) => Date.now() - draft.at > LONGEST);
  for (const box of root.querySelectorAll("[data-keep]")) keepDraft(box);
}

export function keepDraft(box) {
  // What the server gave first; a form that it gave back with a reason holds unsent words.
  const base = (box.dataset.base ??= box.value);
  let timer;
  const write = () => {
    clearTimeout(timer);
    timer = 0;
    if (box.value === base || !box.value.trim()) return forgetDraft(box);
    store(() => localStorage.setItem(nameOf(box), JSON.stringify({ text: box.value, base, at: Date.now() })));
  };
  box.addEventListener("input", () => (timer ||= setTimeout(write, PAUSE)));
  addEventListener("pagehide", () => timer && write());
  document.addEventListener("visibilitychange", () => timer && write());
  const draft = read(nameOf(box)) ?? takeOver(box);
  // Words that came from the server meanwhile are newer than a draft that was made from others.
  if (draft && draft.text !== box.value && (!box.value || draft.base === box.value)) {
    box.value = draft.text;
    box.dispatchEvent(new CustomEvent("draft:back", { bubbles: true }));
  }
}

// What was typed for a thread that was merged into this one.
function takeOver(box) {
  const draft = box.dataset.keepBefore && read(nameOf(box, box.dataset.keepBefore));
  if (!draft) return null;
  store(() => localStorage.setItem(nameOf(box), JSON.stringify({ ...draft, base: "" })));
  store(() => localStorage.removeItem(nameOf(box, box.dataset.keepBefore)));
  return draft;
}

// Keeps what is in the box under another name from now on, unless there is a draft already.
export function renameDraft(box, name) {
  if (read(nameOf(box, name))) return;
  forgetDraft(box);
  box.dataset.keep = name;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

export const forgetDraft = (box) => store(() => localStorage.removeItem(nameOf(box)));

export function forgetDrafts(isOver = () => true) {
  const names = store(() => Object.keys(localStorage)) ?? [];
  for (const name of names.filter((one) => one.startsWith(KIND))) {
    if (isOver(read(name) ?? { at: 0 })) store(() => localStorage.removeItem(name));
  }
}

const nameOf = (box, name = box.dataset.keep) => `${KIND}${document.body.dataset.signedIn}:${name}`;
const read = (name) => store(() => JSON.parse(localStorage.getItem(name)));

// A browser that keeps nothing (private window, full) still sends what is in the box.
function store(step) {
  try {
    return step();
  } catch {
    return null;
  }
}
