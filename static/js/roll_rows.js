// Single rows of the roll: as the academy sends them, and as the ticker left them meanwhile.
export function put(form, row) {
  const old = form.querySelector(`[data-tick="${row.dataset.tick}"]`);
  if (!old) return;
  // Who was just ticked stays in view until somebody looks for others.
  row.hidden = old.hidden;
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(row);
  if (hadFocus) row.querySelector("[name=here]").focus();
}

// Shows a box as its ticker left it, and that the academy does not know of it yet.
export function wait(box, isHere, form) {
  box.checked = isHere;
  const row = box.closest("[data-tick]");
  row.querySelectorAll("[data-tick-by], [data-tick-waiting]").forEach((words) => words.remove());
  const words = document.createElement("span");
  words.dataset.tickWaiting = "";
  words.textContent = form.dataset.rollWaiting;
  row.querySelector(".tick__facts").append(words);
}
