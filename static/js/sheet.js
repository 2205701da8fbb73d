// Folds the sections of the desk on a phone; on a wide screen they stay open.
export function foldSheet(root) {
  const sheet = root.querySelector("[data-sheet]");
  if (!sheet) return;
  const isWide = matchMedia("(min-width: 900px)");
  const follow = () => { sheet.open = isWide.matches; };
  follow();
  sheet.dataset.folded = "";
  isWide.addEventListener("change", follow);
}
