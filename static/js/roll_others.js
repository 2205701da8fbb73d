// What others tick appears here, too: the desk's script fetches the totals again when somebody ticks.
export function followOthers(root, boxes, memory, filter) {
  let known = root.querySelector("[data-roll-ticked]").dataset.rollTicked;
  new MutationObserver(() => {
    const ticked = root.querySelector("[data-roll-ticked]")?.dataset.rollTicked;
    if (ticked === undefined || ticked === known) return;
    known = ticked;
    const ids = new Set(ticked.split(" "));
    const mine = new Set(memory.all().map((mark) => mark.person));
    for (const [person, box] of boxes()) {
      if (mine.has(person) || box.checked === ids.has(person)) continue;
      box.checked = ids.has(person);
      box.closest("[data-tick]").querySelector("[data-tick-by]")?.remove();
    }
    filter();
  }).observe(root.querySelector("[data-roll-bar]"), { childList: true });
}
