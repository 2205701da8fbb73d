// The roll: each tick is sent at once; without a connection it is kept, and sent when it is back.
import { memoryOf } from "./roll_memory.js";
import { postMarks } from "./roll_post.js";
import { searchRoll } from "./roll_search.js";
import { statusOf } from "./roll_status.js";

const AGAIN = 4000;

export function tickRoll(root) {
  const form = root.querySelector("[data-roll]");
  if (!form) return;
  const memory = memoryOf(form.dataset.roll);
  const tell = statusOf(form, memory);
  const ahead = clockDifference(Number(form.dataset.rollMoment));
  const boxes = () => new Map([...form.querySelectorAll("[name=here]")].map((box) => [box.value, box]));
  let isBusy = false;

  const showKept = () => {
    const all = boxes();
    for (const { person, isHere } of memory.all()) if (all.has(person)) wait(all.get(person), isHere, form);
  };
  const flush = async () => {
    const marks = memory.all();
    if (isBusy || !marks.length) return;
    isBusy = true;
    const { state, rows, totals, sent } = await postMarks(form, marks);
    sent.forEach(memory.forget);
    rows.forEach((row) => put(form, row));
    if (totals) form.querySelector("[data-roll-ticked]").replaceWith(totals);
    isBusy = false;
    showKept();
    tell(state, rows, sent.length - rows.length);
    if (state === "sent" && memory.all().length) flush();
  };

  form.addEventListener("change", ({ target }) => {
    if (target.name !== "here") return;
    memory.keep(target.value, target.checked, Date.now() + ahead);
    showKept();
    tell("sending", []);
    flush();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); flush(); });
  form.querySelector("[data-roll-save]").hidden = true;
  const filter = searchRoll(root, form, showKept);
  followOthers(root, boxes, memory, filter);
  addEventListener("online", flush);
  // Signing out empties what the browser keeps.
  root.addEventListener("submit", (event) => {
    const leaves = new URL(event.target.action).pathname === "/sign-out";
    if (leaves && memory.all().length && !confirm(form.dataset.rollLeave)) event.preventDefault();
  });
  setInterval(flush, AGAIN);
  showKept();
  tell(memory.all().length ? "sending" : "sent", []);
  flush();
}

// Shows a box as its ticker left it, and that the academy does not know of it yet.
function wait(box, isHere, form) {
  box.checked = isHere;
  const row = box.closest("[data-tick]");
  row.querySelectorAll("[data-tick-by], [data-tick-waiting]").forEach((words) => words.remove());
  const words = document.createElement("span");
  words.dataset.tickWaiting = "";
  words.textContent = form.dataset.rollWaiting;
  row.querySelector(".tick__facts").append(words);
}

// By how much the academy's clock is ahead of this phone's: an act is told by the academy's.
function clockDifference(sentAt) {
  const [entry] = performance.getEntriesByType("navigation");
  return Math.round(sentAt - (performance.timeOrigin + (entry?.responseStart ?? 0)));
}

function put(form, row) {
  const old = form.querySelector(`[data-tick="${row.dataset.tick}"]`);
  if (!old) return;
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(row);
  if (hadFocus) row.querySelector("[name=here]").focus();
}

// The desk's script fetches the totals again when somebody ticks: their ticks appear here, too.
function followOthers(root, boxes, memory, filter) {
  let known = root.querySelector("[data-roll-ticked]").dataset.rollTicked;
  new MutationObserver(() => {
    const ticked = root.querySelector("[data-roll-ticked]")?.dataset.rollTicked;
    if (ticked === undefined || ticked === known) return;
    known = ticked;
    const ids = new Set(ticked.split(" "));
    const mine = new Set(memory.all().map((mark) => mark.person));
    for (const [person, box] of boxes()) {
      if (mine.has(person) || box.checked === ids.has(person)) continue;
      box.checked = ids.has(person);
      box.closest("[data-tick]").querySelector("[data-tick-by]")?.remove();
    }
    filter();
  }).observe(root.querySelector("[data-roll-bar]"), { childList: true });
}
