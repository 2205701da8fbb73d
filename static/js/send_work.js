// Sends what was typed into a step, and says in one word what became of it.
export async function sendWork(form, body, marks) {
  const answer = await post(form, body, marks);
  if (answer?.status !== 400) return judge(answer);
  // The page stood open for so long that its token is too old: a new one, and once more.
  await renewToken(form);
  return judge(await post(form, body, marks));
}

function post(form, body, marks) {
  const whole = new URLSearchParams(body);
  whole.set("marks", marks);
  whole.set("csrf_token", form.elements.csrf_token.value);
  return fetch(location.pathname, { method: "POST", body: whole, headers: { "X-Requested-With": "fetch" } }).catch(() => null);
}

async function renewToken(form) {
  const page = await fetch(location.pathname).then((answer) => answer.text()).catch(() => "");
  const token = new DOMParser().parseFromString(page, "text/html").querySelector("[data-autosave] [name=csrf_token]");
  if (token) form.elements.csrf_token.value = token.value;
}

async function judge(answer) {
  if (!answer) return { state: "lost" };
  if (answer.redirected) return { state: "signedOut" };
  if (answer.ok) return { state: "saved", ...(await answer.json().catch(() => ({}))) };
  return { state: { 403: "gone", 404: "gone", 409: "clash", 413: "refused", 422: "refused" }[answer.status] ?? "busy" };
}
