// Moves a row of a form one place up or down at once; without it the button saves and moves.
export function orderRows(root) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("fieldset");
    const other = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other?.matches("fieldset")) return;
    swap(row, other);
    if (button.dataset.move === "up") other.before(row);
    else other.after(row);
    button.focus();
    row.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// Rows are read in the order of their numbers: the two take each other's.
function swap(one, two) {
  const [first, second] = [one, two].map((row) => /-\d+-row$/.exec(row.id)[0].slice(0, -3));
  const rename = (row, from, to) => {
    for (const each of [row, ...row.querySelectorAll("*")])
      for (const name of ["id", "name", "for", "aria-describedby"])
        if (each.getAttribute(name)?.includes(from)) each.setAttribute(name, each.getAttribute(name).replaceAll(from, to));
  };
  rename(one, first, second);
  rename(two, second, first);
}
