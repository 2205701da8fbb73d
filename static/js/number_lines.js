// Puts the number of each line beside a large box, marks the lines with faults, and leads to one.
export function numberLines(root) {
  for (const holder of root.querySelectorAll("[data-lines]")) bind(holder, holder.querySelector("textarea"));
}

function bind(holder, box) {
  const mirror = Object.assign(document.createElement("div"), { className: "editing__mirror" });
  mirror.setAttribute("aria-hidden", "true");
  mirror.dir = box.dir;
  holder.classList.add("editing__box--numbered");
  holder.append(mirror);
  const show = () => (fill(mirror, box.value), mark(mirror));
  box.addEventListener("input", show);
  document.addEventListener("faults:new", show);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go-to]");
    if (!link) return;
    event.preventDefault();
    goTo(box, mirror, Number(link.dataset.goTo));
  });
  show();
  const asked = Number(new URLSearchParams(location.search).get("line"));
  if (asked) goTo(box, mirror, asked);
}

// Only lines that changed are written anew: a long file stays quick to type into.
function fill(mirror, text) {
  const lines = text.split("\n");
  while (mirror.childElementCount > lines.length) mirror.lastElementChild.remove();
  lines.forEach((line, at) => {
    let row = mirror.children[at];
    if (!row) {
      row = Object.assign(document.createElement("div"), { className: "editing__line" });
      row.dataset.number = at + 1;
      mirror.append(row);
    }
    if (row.textContent !== line) row.textContent = line;
  });
}

function mark(mirror) {
  const wrong = new Set([...document.querySelectorAll("[data-faults] [data-line]")].map((one) => one.dataset.line));
  for (const row of mirror.children) row.classList.toggle("editing__line--wrong", wrong.has(row.dataset.number));
}

function goTo(box, mirror, number) {
  const lines = box.value.split("\n");
  const at = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  box.focus({ preventScroll: true });
  box.setSelectionRange(at, at + (lines[number - 1] ?? "").length);
  mirror.children[number - 1]?.scrollIntoView({ block: "center" });
}
