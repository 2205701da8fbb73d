// Sends marks of a roll and says what became of them: "sent", "lost", "signedOut" or "refused".
const AT_ONCE = 200;
// A line that swallows everything is as good as none: the ticks wait and are sent again.
const PATIENCE = 20000;

export async function postMarks(form, marks) {
  const sent = marks.slice(0, AT_ONCE);
  const answer = await send(form, sent);
  if (answer && (answer.status === 400 || answer.redirected)) {
    // The page is old, or the sign-in has ended: the page itself says which.
    const state = await renew(form);
    return state ? { state, rows: [], sent: [] } : judge(await send(form, sent), sent);
  }
  return judge(answer, sent);
}

async function send(form, marks) {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  for (const mark of marks) body.append("mark", `${mark.person} ${mark.isHere ? 1 : 0} ${mark.at}`);
  return fetch(form.dataset.rollMarks, { method: "POST", body, signal: AbortSignal.timeout?.(PATIENCE) }).catch(() => null);
}

async function judge(answer, sent) {
  if (!answer || answer.status >= 500 || answer.status === 429) return { state: "lost", rows: [], sent: [] };
  const page = parse(await answer.text());
  const list = page.querySelector("[data-roll-rows]");
  if (!answer.ok || !list) return { state: "refused", rows: [], sent: [] };
  return { state: "sent", rows: [...list.children], totals: page.querySelector("[data-roll-ticked]"), sent };
}

// Fetches the page for a new token; a page for strangers means that nobody is signed in.
async function renew(form) {
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer || answer.status >= 500) return "lost";
  const page = parse(await answer.text());
  const token = page.querySelector("[data-roll] [name=csrf_token]");
  if (token) form.elements.csrf_token.value = token.value;
  if (!page.body.hasAttribute("data-signed-in")) return "signedOut";
  return token ? "" : "refused";
}

export const parse = (text) => new DOMParser().parseFromString(text, "text/html");
