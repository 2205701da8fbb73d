// Shows that a thread was closed, moved or summarised; answers whether it still stands here.
import { renameDraft } from "./drafts.js";

export async function renewThread(root, line) {
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer) return true;
  if (!answer.ok) {
    line.say("closed");
    root.querySelector("[data-thread]").replaceChildren();
    return false;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const box = root.querySelector("#answer textarea");
  if (answer.redirected) {
    goOn(page.querySelector("[data-thread]"), answer.url, box, line);
    return false;
  }
  const [now, fresh] = [root, page].map((one) => one.querySelector("[data-thread-state]"));
  if (!fresh) return true;
  if (fresh.innerHTML !== now.innerHTML) {
    now.replaceWith(fresh);
    line.say("changed");
  }
  // Words that somebody typed stay where they are; the server says why it cannot take them.
  if (box && !page.querySelector("#answer") && !box.value.trim()) box.closest("#answer").remove();
  return true;
}

// It was merged into another: what was read stays, what was typed goes along when one goes there.
function goOn(there, way, box, line) {
  if (!there) return;
  if (box) renameDraft(box, `thread-${there.dataset.thread}`);
  line.sayWhere("merged", way);
}
