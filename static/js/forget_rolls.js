// Drops a kept roll as soon as nobody is signed in: names do not stay on a phone that others use.
// Drafts go when somebody signs out, and stay when a sign-in ends by itself.
import { forgetDrafts } from "./drafts.js";

const KIND = "roll:";

export function forgetWhereNobodyIs(root) {
  if (!root.body.hasAttribute("data-signed-in")) forgetRolls();
  root.addEventListener("submit", ({ target, defaultPrevented }) => {
    if (defaultPrevented || addressOf(target) !== "/sign-out") return;
    forgetRolls();
    forgetDrafts();
  });
}

// Where a form is sent; `form.action` is the field of that name where the form has one.
export function addressOf(form) {
  return new URL(form.getAttribute("action") ?? "", location.href).pathname;
}

// All of them, or all but the one named.
export async function forgetRolls(but = "") {
  if (!("caches" in window)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith(KIND) && name !== KIND + but);
  await Promise.all(names.map((name) => caches.delete(name)));
}
