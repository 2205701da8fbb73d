// Brings the summary of errors to whoever has just sent a form.
export function focusFirst(root) {
  root.querySelector("[data-focus-first]")?.focus();
}
