// Scrolls a line of tabs so that the one at hand is seen, also on a small screen.
export function showTabAtHand(root) {
  for (const tab of root.querySelectorAll(".tabs__tab[aria-current]")) {
    const list = tab.closest(".tabs__list");
    list.scrollLeft += middle(tab) - middle(list);
  }
}

const middle = (one) => one.getBoundingClientRect().left + one.offsetWidth / 2;
