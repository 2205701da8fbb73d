// The roll: each tick is sent at once; without a connection it is kept, and sent when it is back.
import { addressOf } from "./forget_rolls.js";
import { clockAhead } from "./roll_clock.js";
import { keepRoll } from "./roll_keep.js";
import { memoryOf } from "./roll_memory.js";
import { followOthers } from "./roll_others.js";
import { postMarks } from "./roll_post.js";
import { put, wait } from "./roll_rows.js";
import { searchRoll } from "./roll_search.js";
import { statusOf } from "./roll_status.js";

const AGAIN = 4000;
// An answer that broke off on its way is none.
const LOST = { state: "lost", rows: [], sent: [] };

export function tickRoll(root) {
  const form = root.querySelector("[data-roll]");
  if (!form) return;
  const memory = memoryOf(form.dataset.roll);
  const tell = statusOf(form, memory);
  const ahead = clockAhead(form);
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
    const { state, rows, totals, sent } = await postMarks(form, marks).catch(() => LOST);
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
  form.querySelector("[data-roll-is-kept]").hidden = !("rollKept" in form.dataset);
  const filter = searchRoll(root, form, keepRoll(form), showKept);
  followOthers(root, boxes, memory, filter);
  addEventListener("online", flush);
  // Signing out empties what the browser keeps.
  root.addEventListener("submit", (event) => {
    const leaves = addressOf(event.target) === "/sign-out";
    if (leaves && memory.all().length && !confirm(form.dataset.rollLeave)) event.preventDefault();
  });
  setInterval(flush, AGAIN);
  showKept();
  tell(memory.all().length ? "sending" : "sent", []);
  flush();
}
