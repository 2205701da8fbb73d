// Asks what the check says of a file after each saving, and shows it in place of what it said.
export function checkSaved(root) {
  root.addEventListener("work:saved", renew);
}

let asked = 0;

async function renew() {
  const mine = ++asked;
  const answer = await fetch(location.pathname).then((page) => (page.ok ? page.text() : ""), () => "");
  const fresh = new DOMParser().parseFromString(answer, "text/html").querySelector("[data-faults]");
  if (!fresh || mine !== asked) return;
  document.querySelector("[data-faults]").replaceWith(fresh);
  document.dispatchEvent(new CustomEvent("faults:new"));
}
