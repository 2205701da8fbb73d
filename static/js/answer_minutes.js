// Says on the button of an answer how many minutes the times above it are, as they are changed.
export function sayMinutes(root) {
  for (const button of root.querySelectorAll("[data-minutes]")) {
    const [from, until] = button.dataset.minutes.split(" ").map((id) => root.getElementById(id));
    const tell = () => (button.textContent = wordsFor(button.dataset, from.value, until.value));
    for (const field of [from, until]) field.addEventListener("input", tell);
  }
}

function wordsFor({ known, unknown }, from, until) {
  const minutes = minutesOf(until) - minutesOf(from);
  // Over midnight; what is no stay is refused by the server with a reason.
  const length = minutes < 0 ? minutes + 24 * 60 : minutes;
  return from && until ? known.replace("{minutes}", length) : unknown;
}

function minutesOf(clock) {
  const [hours, minutes] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}
