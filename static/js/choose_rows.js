// Shows the bar of actions when rows are chosen, and how many they are.
export function chooseRows(root) {
  for (const form of root.querySelectorAll("form")) {
    const bar = form.querySelector("[data-bulk]");
    // Looked for at each click: a live list gets others.
    const boxes = () => [...form.querySelectorAll("[data-choose]")];
    if (bar && boxes().length) follow(form, bar, boxes);
  }
}

function follow(form, bar, boxes) {
  const words = bar.querySelector("[data-bulk-count]");
  let last = null;
  const tell = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    bar.hidden = chosen === 0;
    words.textContent = words.dataset.bulkCount.replace("{chosen}", chosen);
  };
  form.addEventListener("click", (event) => {
    const at = boxes().indexOf(event.target);
    if (at < 0) return;
    if (event.shiftKey && last !== null) {
      for (const box of between(boxes(), last, at)) box.checked = event.target.checked;
    }
    last = at;
    tell();
  });
  form.addEventListener("change", tell);
  tell();
}

const between = (boxes, one, other) => boxes.slice(Math.min(one, other), Math.max(one, other) + 1);
