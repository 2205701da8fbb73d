// Scrolls a line of tabs or sections so that the one at hand is seen, also on a small screen.
export function showTabAtHand(root) {
  for (const tab of root.querySelectorAll(":is(.tabs__tab, .header__link)[aria-current]")) {
    const line = tab.closest(".tabs__list, .header__sections");
    if (line) line.scrollLeft += middle(tab) - middle(line);
  }
}

const middle = (one) => one.getBoundingClientRect().left + one.offsetWidth / 2;
