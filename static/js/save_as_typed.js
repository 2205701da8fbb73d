// Saves a step by itself while somebody types; what cannot be sent is kept here until it can.
import { bodyOf, forgetWork, keepWork, workOf } from "./kept_work.js";
import { goOnSaved } from "./go_on_saved.js";
import { sendWork } from "./send_work.js";
import { wordsOf } from "./thread_words.js";

const PAUSE = 1500;
const AGAIN = 8000;

export function saveAsTyped(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) bind(form);
}

function bind(form) {
  const say = lineOf(form);
  let saved = form.hasAttribute("data-unsaved") ? "" : bodyOf(form); // given back, it is not saved yet
  let timer, sending, isTouched;
  const later = (pause) => (clearTimeout(timer), (timer = setTimeout(save, pause)));

  async function save() {
    clearTimeout(timer);
    if (sending) return sending.then(save);
    const body = bodyOf(form);
    if (body === saved) return "saved";
    say("saving");
    const outcome = await (sending = sendWork(form, body, form.elements.marks.value));
    sending = null;
    if (outcome.state === "saved") {
      saved = body;
      form.elements.marks.value = outcome.marks;
      showFilled(form, outcome);
      form.dispatchEvent(new CustomEvent("work:saved", { bubbles: true }));
      if (bodyOf(form) === saved) forgetWork(form);
      else (keepWork(form), later(PAUSE));
    } else if (["lost", "busy"].includes(outcome.state)) later(AGAIN);
    say(outcome.state);
    return outcome.state;
  }

  form.addEventListener("input", () => ((isTouched = true), keepWork(form), say("typed"), later(PAUSE)));
  addEventListener("online", () => isTouched && save());
  // Whoever has only read both texts and goes on has not chosen between them.
  goOnSaved(() => isTouched && bodyOf(form) !== saved, save);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const goesOn = event.submitter?.value === "next";
    const state = await save();
    if (state === "saved" && goesOn) location.assign(form.dataset.onward);
    if (["clash", "refused"].includes(state)) form.submit(); // the server shows what is the matter
  });
  bringBack(form, say);
}

// Words of an earlier visit go the way of all others: sent, merged, and shown by the page itself.
async function bringBack(form, say) {
  const kept = workOf(form);
  if (form.hasAttribute("data-unsaved")) return say("typed");
  if (!kept) return say("resting");
  if (kept.body === bodyOf(form)) return forgetWork(form), say("resting");
  form.inert = true;
  say("back");
  const { state } = await sendWork(form, kept.body, kept.marks);
  if (state === "saved") return forgetWork(form), location.reload();
  if (["clash", "refused"].includes(state)) return showBoth(form, kept);
  say(state);
  if (["lost", "busy"].includes(state)) setTimeout(() => bringBack(form, say), AGAIN);
}

function showBoth(form, kept) {
  const other = Object.assign(document.createElement("form"), { method: "post", hidden: true });
  const body = new URLSearchParams(kept.body);
  body.set("marks", kept.marks);
  body.set("csrf_token", form.elements.csrf_token.value);
  for (const [name, value] of body) other.append(Object.assign(document.createElement("textarea"), { name, value }));
  document.body.append(other);
  other.submit();
}

function showFilled(form, { told, all }) {
  const bar = document.querySelector(`[data-filled="${form.dataset.autosave.split("-").pop()}"]`);
  if (bar) Object.assign(bar, { value: told, max: all });
}

function lineOf(form) {
  const line = form.querySelector("[data-saving]");
  const words = wordsOf(line);
  return (state) => {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    line.dataset.state = state;
    line.textContent = words(state, { time });
  };
}
