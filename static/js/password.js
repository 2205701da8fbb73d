// Lets a person see what she types into a password field.
export function showPasswords(root) {
  for (const frame of root.querySelectorAll("[data-password]")) {
    const field = frame.querySelector("input");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--plain";
    button.setAttribute("aria-controls", field.id);
    button.addEventListener("click", () => turn(frame, field, button));
    name(frame, field, button);
    frame.append(button);
    field.form?.addEventListener("submit", () => { field.type = "password"; });
  }
}

function turn(frame, field, button) {
  field.type = field.type === "password" ? "text" : "password";
  name(frame, field, button);
}

function name(frame, field, button) {
  const isHidden = field.type === "password";
  button.textContent = isHidden ? frame.dataset.show : frame.dataset.hide;
  button.setAttribute("aria-pressed", String(!isHidden));
}
