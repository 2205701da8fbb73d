// Asks before a form is sent that cannot be undone; without script the server asks.
export function askFirst(root) {
  root.addEventListener("submit", (event) => {
    const question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });
}
