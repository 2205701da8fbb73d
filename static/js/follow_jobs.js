// Fetches a part of the page again when the job that it shows has moved.
import { io } from "socket.io-client";

const WITHOUT_WORD = 4000;

export function followJobs(root) {
  const parts = () => [...root.querySelectorAll("[data-live-url]")];
  if (!parts().length) return;
  const socket = io({ transports: ["websocket"] });
  socket.on("connect", () => parts().forEach(refresh));
  socket.on("job.changed", ({ id }) => {
    for (const part of parts()) if (concerns(part, id)) refresh(part);
  });
  // A line that is down loses no news: who hears nothing for a while asks.
  setInterval(() => parts().forEach(refresh), WITHOUT_WORD);
}

const concerns = (part, id) => `:${part.dataset.liveJob}`.endsWith(`:${id}`);

// What leads to the same place: a link by its address, a button by its form and its words.
const nameOf = (way) => way.getAttribute("href") ?? `${way.form?.action} ${way.textContent}`;

// The browser fetches the page itself and so passes the policy again.
async function refresh(part) {
  const url = part.dataset.liveUrl;
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok || !part.isConnected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector(`[data-live-url="${CSS.escape(url)}"]`);
  if (fresh?.isEqualNode(part)) return;
  if (fresh) {
    const held = part.contains(document.activeElement) && nameOf(document.activeElement);
    part.replaceWith(fresh);
    const ways = held ? [...fresh.querySelectorAll("a[href], button")] : [];
    ways.find((way) => nameOf(way) === held)?.focus({ preventScroll: true });
    fresh.dispatchEvent(new Event("live:fresh", { bubbles: true }));
  }
  // While files are being sent, to leave the page would lose them.
  else if (!document.querySelector("[data-busy]")) location.assign(url);
}
