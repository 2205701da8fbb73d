// Marks the names on the review desk that somebody else has decided since the page was loaded.
export function markDecided(root) {
  const list = root.querySelector("[data-review]");
  if (!list) return;
  root.addEventListener("live:fresh", ({ target }) => {
    const decided = target.dataset.reviewDecided?.split(" ") ?? [];
    for (const item of list.querySelectorAll("[data-review-item]")) {
      mark(item, decided.includes(item.id.replace("identity-", "")), list.dataset.meanwhile);
    }
  });
}

// Told to a screen reader only where it is being decided right now.
function mark(item, isDecided, words) {
  item.classList.toggle("review--decided", isDecided);
  const note = item.querySelector(".review__meanwhile");
  if (!isDecided) note?.remove();
  if (!isDecided || note) return;
  const told = document.createElement("p");
  told.className = "review__meanwhile";
  told.textContent = words;
  if (item.contains(document.activeElement)) told.setAttribute("role", "status");
  item.querySelector("h2").after(told);
}
