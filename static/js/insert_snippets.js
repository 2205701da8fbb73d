// Puts a snippet of the help where the cursor stands; what is undone is undone as if it was typed.
export function insertSnippets(root) {
  for (const button of root.querySelectorAll("[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => insert(root.getElementById(button.dataset.insert), textOf(button)));
  }
}

const textOf = (button) => button.closest("dt").nextElementSibling.querySelector("pre").textContent;

function insert(box, text) {
  const before = box.value.slice(0, box.selectionStart);
  const stands = text.endsWith("\n") && before && !before.endsWith("\n") ? `\n${text}` : text;
  box.focus();
  if (!document.execCommand("insertText", false, stands)) {
    box.setRangeText(stands, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
