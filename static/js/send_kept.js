// Sends a form whose words are kept by itself: what cannot be sent stays in the box and says why.
import { forgetDraft, keepDraft } from "./drafts.js";
import { steadily } from "./steadily.js";
import { wordsOf } from "./thread_words.js";

export function sendKept(root) {
  for (const line of root.querySelectorAll("[data-kept]")) bind(line.closest("form"));
}

function bind(form) {
  const line = form.querySelector("[data-kept]");
  const words = wordsOf(line);
  const say = (name, facts) => steadily(() => (line.textContent = words(name, facts)));
  form.addEventListener("draft:back", () => say("back"));
  addEventListener("online", () => line.dataset.state === "lost" && say("online"));
  form.addEventListener("submit", async (event) => {
    // A button with a name asks for another page: a preview.
    if (event.submitter?.name) return;
    event.preventDefault();
    if (line.dataset.state === "sending") return;
    line.dataset.state = "sending";
    say("sending");
    const answer = await send(form);
    line.dataset.state = judge(answer);
    if (line.dataset.state === "sent") return finish(form, answer, () => say("sent"));
    if (line.dataset.state === "refused" && (await showRefusal(form, answer))) return;
    say(line.dataset.state, { count: answer?.headers.get("Retry-After") });
  });
}

const send = (form) =>
  fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { "X-Requested-With": "fetch" },
  }).catch(() => null);

function judge(answer) {
  if (!answer) return "lost";
  if (answer.status === 201) return "sent";
  if (answer.redirected) return "signedOut";
  if (answer.status === 429) return "wait";
  return answer.status >= 500 ? "busy" : "refused";
}

function finish(form, answer, say) {
  for (const box of form.querySelectorAll("[data-keep]")) forgetDraft(box);
  const sent = new CustomEvent("post:sent", { bubbles: true, cancelable: true, detail: Number(answer.headers.get("X-Post")) });
  // Nobody here can show it, or the thread was merged into another: to the page that does.
  const place = new URL(answer.headers.get("Location"), location.href);
  if (place.pathname !== location.pathname || form.dispatchEvent(sent)) return location.assign(place);
  const { body, answers, request_key: key } = form.elements;
  body.value = answers.value = "";
  key.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  form.querySelector("[data-answering]")?.remove();
  say();
}

// Puts the form as the server gives it back in place of ours: with the reason, and the words.
async function showRefusal(form, answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(`[data-keep="${CSS.escape(form.querySelector("[data-keep]").dataset.keep)}"]`)?.form;
  if (!fresh) return false;
  for (const box of fresh.querySelectorAll("[data-keep]")) {
    box.dataset.base = form.querySelector(`[data-keep="${CSS.escape(box.dataset.keep)}"]`)?.dataset.base ?? "";
    keepDraft(box);
  }
  form.replaceWith(fresh);
  bind(fresh);
  fresh.querySelector("[aria-invalid], textarea").focus();
  return true;
}
