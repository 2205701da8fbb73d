// Sorts a table by the column whose heading is pressed.
export function sortTables(root) {
  for (const table of root.querySelectorAll("table[data-sortable]")) {
    for (const heading of table.querySelectorAll("thead th[data-sort]")) prepare(table, heading);
  }
}

function prepare(table, heading) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.append(...heading.childNodes);
  heading.append(button);
  button.addEventListener("click", () => sort(table, heading));
}

function sort(table, heading) {
  const isUp = heading.getAttribute("aria-sort") !== "ascending";
  for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", isUp ? "ascending" : "descending");
  const body = table.tBodies[0];
  const compare = heading.dataset.sort === "number" ? byNumber : byText;
  const keyed = [...body.rows].map((row) => [keyOf(row.cells[heading.cellIndex]), row]);
  keyed.sort(([one], [other]) => compare(one, other) * (isUp ? 1 : -1));
  body.append(...keyed.map(([, row]) => row));
}

const keyOf = (cell) => cell?.dataset.order ?? cell?.textContent.trim() ?? "";
const numberOf = (key) => parseFloat(key.replace(/[^\d.-]/g, ""));
const byText = (one, other) => one.localeCompare(other, document.documentElement.lang, { numeric: true });
const byNumber = (one, other) => (numberOf(one) || 0) - (numberOf(other) || 0);
