// The matrix by keys: arrows go from cell to cell, Home and End along a row; Tab leaves the cloth.
export function walkTheCloth(root) {
  for (const cloth of root.querySelectorAll("[data-cloth]")) follow(cloth);
}

function follow(cloth) {
  const rows = [...cloth.tBodies[0].rows].map((row) => [...row.querySelectorAll("a")]);
  const links = rows.flat();
  for (const link of links) link.tabIndex = -1;
  if (links.length) links[0].tabIndex = 0;
  cloth.addEventListener("focusin", (event) => {
    if (!links.includes(event.target)) return;
    for (const link of links) if (link.tabIndex === 0) link.tabIndex = -1;
    event.target.tabIndex = 0;
  });
  cloth.addEventListener("keydown", (event) => {
    const down = rows.findIndex((row) => row.includes(event.target));
    if (down < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = aim(event.key, rows, down, rows[down].indexOf(event.target));
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

// What the key leads to; in a page that is read from the right, the arrows change places.
function aim(key, rows, down, along) {
  const onward = document.dir === "rtl" ? -1 : 1;
  const step = { ArrowRight: onward, ArrowLeft: -onward }[key];
  if (step) return rows[down][along + step];
  if (key === "ArrowDown") return rows[down + 1]?.[along];
  if (key === "ArrowUp") return rows[down - 1]?.[along];
  return { Home: rows[down][0], End: rows[down].at(-1) }[key];
}
