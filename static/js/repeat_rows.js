// Adds a row to a form and takes one away without asking the server; without it buttons save first.
export function repeatRows(root) {
  for (const rows of root.querySelectorAll("[data-rows]")) {
    const template = rows.parentElement.querySelector("template[data-row]");
    rows.parentElement.querySelector("[data-add-row]")?.addEventListener("click", (event) => {
      event.preventDefault();
      addRow(rows, template);
    });
    rows.addEventListener("click", (event) => {
      const button = event.target.closest("[data-remove-row]");
      if (!button) return;
      event.preventDefault();
      takeAway(button);
    });
  }
}

function addRow(rows, template) {
  const used = [...rows.children].map((row) => Number(/-(\d+)-row$/.exec(row.id)?.[1] ?? -1));
  const row = document.createElement("template");
  row.innerHTML = template.innerHTML.replaceAll("__n__", Math.max(-1, ...used) + 1);
  const key = row.content.querySelector("[data-key]");
  if (key) key.value = Math.max(0, ...[...rows.querySelectorAll("[data-key]")].map((one) => Number(one.value) || 0)) + 1;
  rows.append(row.content);
  rows.lastElementChild.querySelector("input:not([type=hidden]), select, textarea").focus();
}

// What is disabled is not sent: a row that was taken away can be put back until the page is left.
function takeAway(button) {
  const row = button.closest("fieldset");
  const back = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet", textContent: button.dataset.back });
  row.disabled = row.hidden = true;
  row.after(back);
  back.focus();
  back.addEventListener("click", () => {
    row.disabled = row.hidden = false;
    back.remove();
    button.focus();
    tell(row);
  });
  tell(row);
}

const tell = (row) => row.dispatchEvent(new Event("input", { bubbles: true }));
