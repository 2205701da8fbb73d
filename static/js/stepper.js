// Puts a large button on either side of a number: one fewer, one more.
export function addSteppers(root) {
  for (const input of root.querySelectorAll("input[data-stepper]")) prepare(input);
}

function prepare(input) {
  const frame = document.createElement("span");
  frame.className = "stepper";
  input.replaceWith(frame);
  const fewer = makeButton(input, "\u2212", input.dataset.fewer, -1);
  const more = makeButton(input, "+", input.dataset.more, 1);
  frame.append(fewer, input, more);
  const show = () => {
    fewer.disabled = valueOf(input) <= Number(input.min || 0);
    more.disabled = valueOf(input) >= Number(input.max || Infinity);
  };
  frame.addEventListener("input", show);
  show();
}

function makeButton(input, sign, words, step) {
  const button = document.createElement("button");
  const label = document.querySelector(`label[for="${input.id}"]`);
  button.type = "button";
  button.className = "stepper__button";
  button.textContent = sign;
  button.setAttribute("aria-label", `${label ? label.textContent.trim() : ""}: ${words}`);
  button.addEventListener("click", () => {
    input.value = valueOf(input) + step;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return button;
}

const valueOf = (input) => parseInt(input.value, 10) || 0;
