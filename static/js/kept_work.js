// What was typed into a form and is not saved yet, on this device, for the person who typed it.
// Names begin as those of drafts do: signing out forgets both (forget_rolls.js).
const nameOf = (form) => `draft:${document.body.dataset.signedIn}:${form.dataset.autosave}`;

// Everything that the form would send, but for the token and what it was made from.
export function bodyOf(form) {
  const body = new URLSearchParams(new FormData(form));
  body.delete("csrf_token");
  body.delete("marks");
  return body.toString();
}

export const keepWork = (form) =>
  safely(() => localStorage.setItem(nameOf(form), JSON.stringify({ body: bodyOf(form), marks: form.elements.marks.value, at: Date.now() })));

export const workOf = (form) => safely(() => JSON.parse(localStorage.getItem(nameOf(form))));

export const forgetWork = (form) => safely(() => localStorage.removeItem(nameOf(form)));

// The forms that have something unsaved here, of those whose names begin so: "case-7-".
export const keptWorks = (beginning) => {
  const whole = `draft:${document.body.dataset.signedIn}:${beginning}`;
  const names = safely(() => Object.keys(localStorage)) ?? [];
  return names.filter((name) => name.startsWith(whole)).map((name) => name.slice(whole.length));
};

// A browser that keeps nothing (private window, full) still saves what stands on the page.
function safely(step) {
  try {
    return step();
  } catch {
    return null;
  }
}
