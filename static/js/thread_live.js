// Keeps an open thread true: hears numbers over the socket and fetches the words of each.
import { io } from "socket.io-client";
import { postsOf } from "./thread_posts.js";
import { presenceOf } from "./thread_presence.js";
import { renewThread } from "./thread_renew.js";
import { lineOf } from "./thread_words.js";

const PULSE = 60_000;
const WITHOUT_WORD = 30_000;

export function followThread(root) {
  const list = root.querySelector("[data-thread]");
  if (!list) return;
  const thread = Number(list.dataset.thread);
  const socket = io({ transports: ["websocket"], reconnectionDelayMax: 15_000 });
  const line = lineOf(root.querySelector("[data-thread-live]"));
  const posts = postsOf(list, line);
  const presence = presenceOf(root, socket, thread);
  const join = () => socket.emit("thread.join", { thread }, ({ last, readers }) => {
    if (!last) return renewThread(root, line).then(() => socket.disconnect());
    presence.count(readers);
    if (last > posts.last()) posts.catchUp();
  });
  let wasHere = false;
  socket.on("connect", () => {
    join();
    // What was edited or taken away meanwhile is not told again.
    if (wasHere) posts.catchUp();
    wasHere = true;
  });
  socket.on("thread.post", (told) => {
    if (told.thread === thread) posts.hear(told, presence.readers());
  });
  root.addEventListener("post:sent", (sent) => {
    if (list.dataset.page !== list.dataset.pages) return;
    sent.preventDefault();
    posts.put({ number: sent.detail, how: "new" });
  });
  socket.on("thread.changed", async (told) => {
    if (told.thread === thread) await renewThread(root, line) ? posts.catchUp() : socket.disconnect();
  });
  const stay = () => socket.connected && join();
  setInterval(stay, PULSE);
  root.addEventListener("visibilitychange", () => !root.hidden && stay());
  // Where no line can be had, the page asks while somebody looks at it.
  setInterval(() => socket.active && !socket.connected && !document.hidden && posts.catchUp(), WITHOUT_WORD);
}
