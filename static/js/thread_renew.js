// Shows that a thread was closed, opened or summarised; answers whether it can still be read.
export async function renewThread(root, line) {
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer) return true;
  if (!answer.ok) {
    line.say("closed");
    root.querySelector("[data-thread]").replaceChildren();
    return false;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [now, fresh] = [root, page].map((one) => one.querySelector("[data-thread-state]"));
  if (!fresh) return true;
  if (fresh.innerHTML !== now.innerHTML) {
    now.replaceWith(fresh);
    line.say("changed");
  }
  const box = root.querySelector("#answer");
  // Words that somebody typed stay where they are; the server says why it cannot take them.
  if (box && !page.querySelector("#answer") && !box.querySelector("textarea").value.trim()) box.remove();
  return true;
}
