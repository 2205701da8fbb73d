// Closes an open menu on Escape and on a tap beside it.
export function closeMenus(root) {
  const menus = [...root.querySelectorAll("[data-menu]")];
  if (!menus.length) return;
  document.addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = menus.find((one) => one.open);
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
