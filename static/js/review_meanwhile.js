// Keeps the review desk true while others decide; nothing that is being read or typed moves.
export function followReview(root) {
  const said = root.querySelector("[data-review-said]");
  if (!said) return;
  const first = stateOf(root.querySelector("[data-review-state]"));
  let last = first.said;
  root.addEventListener("live:fresh", ({ target }) => {
    if (!target.dataset.reviewState) return;
    const state = stateOf(target);
    for (const count of root.querySelectorAll("[data-count]")) {
      count.textContent = state.counts[count.dataset.count] ?? count.textContent;
    }
    for (const item of root.querySelectorAll("[data-review-item]")) {
      mark(item, state.marks[item.id.replace("identity-", "")]);
    }
    for (const undo of root.querySelectorAll("[data-review-undo]")) if (state.is_undone) close(undo);
    showAnew(root, state.counts.decided !== first.counts.decided);
    // A screen reader hears how many are left, once for each change.
    if (state.said !== last) said.textContent = last = state.said;
  });
}

const stateOf = (part) => JSON.parse(part.dataset.reviewState);

// Stands below or beside what is read; spoken only where it is being decided right now.
function mark(item, words) {
  const note = item.querySelector(".review__meanwhile");
  item.classList.toggle("review--decided", Boolean(words));
  if (!words) note?.remove();
  if (!words || note?.textContent === words) return;
  const told = note ?? document.createElement("p");
  told.className = "review__meanwhile";
  if (item.contains(document.activeElement)) told.setAttribute("role", "status");
  item.append(told);
  told.textContent = words;
}

function close(undo) {
  const told = document.createElement("p");
  told.textContent = undo.dataset.reviewUndo;
  undo.replaceWith(told);
}

// A list of decisions is not changed under the eyes, it is offered anew.
function showAnew(root, isOld) {
  for (const offer of root.querySelectorAll("[data-review-anew]")) offer.hidden = !isOld;
}
