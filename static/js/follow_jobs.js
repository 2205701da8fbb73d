// Fetches a part of the page again when the job that it shows has moved.
import { io } from "socket.io-client";

export function followJobs(root) {
  const parts = [...root.querySelectorAll("[data-live-url]")];
  if (!parts.length) return;
  const socket = io({ transports: ["websocket"] });
  socket.on("job.changed", ({ id }) => {
    for (const part of document.querySelectorAll("[data-live-url]")) {
      const job = part.dataset.liveJob;
      if (!job || job === String(id)) refresh(part);
    }
  });
  socket.on("connect", () => {
    for (const part of document.querySelectorAll("[data-live-url]")) refresh(part);
  });
}

// The browser fetches the fragment itself and so passes the policy again.
async function refresh(part) {
  const answer = await fetch(part.dataset.liveUrl, { headers: { "X-Fragment": "1" } });
  if (!answer.ok) return;
  const words = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = words.querySelector(`[data-live-url="${CSS.escape(part.dataset.liveUrl)}"]`);
  if (fresh) part.replaceWith(fresh);
  else part.replaceChildren(...words.body.childNodes);
}
