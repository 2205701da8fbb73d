// Explains a word of the glossary where it stands; without this, its link leads down to it.
export function showTerms(root) {
  const links = root.querySelectorAll('.lesson__text a[href^="#term-"]');
  if (!links.length || !HTMLElement.prototype.showPopover) return;
  const sheet = makeSheet(root);
  for (const link of links) {
    link.addEventListener("click", (event) => {
      const words = root.getElementById(link.hash.slice(1));
      if (!words || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      sheet.hidePopover();
      sheet.firstChild.replaceChildren(...words.cloneNode(true).childNodes);
      sheet.setAttribute("aria-label", link.textContent);
      sheet.showPopover();
      placeBelow(sheet, link);
      sheet.focus({ preventScroll: true });
    });
  }
}

function makeSheet(root) {
  const sheet = root.createElement("div");
  sheet.className = "term";
  sheet.role = "dialog";
  sheet.append(root.createElement("dl"));
  sheet.popover = "auto";
  sheet.tabIndex = -1;
  root.querySelector(".lesson__text").append(sheet);
  return sheet;
}

function placeBelow(sheet, link) {
  const at = link.getBoundingClientRect();
  const rest = document.documentElement.clientWidth - sheet.offsetWidth - 8;
  sheet.style.left = `${Math.max(8, Math.min(at.left, rest)) + window.scrollX}px`;
  sheet.style.top = `${at.bottom + 4 + window.scrollY}px`;
}
