// Shows how many read the thread and who is writing; tells the others that this reader writes.
import { steadily } from "./steadily.js";
import { wordsOf } from "./thread_words.js";

const TELL_EVERY = 3500;
const SHOW_FOR = 6000;

export function presenceOf(root, socket, thread) {
  const line = root.querySelector("[data-thread-now]");
  const words = wordsOf(line);
  let readers = 0, writer = "", hide, toldAt = 0;
  const show = () => {
    const told = [readers > 1 && words("readers", { count: readers }), writer].filter(Boolean).join(" · ");
    if (told !== line.textContent) steadily(() => (line.textContent = told));
  };
  const count = (number) => { readers = number; show(); };
  const quiet = () => { writer = ""; show(); };
  socket.on("thread.readers", (told) => told.thread === thread && count(told.readers));
  socket.on("thread.post", quiet);
  socket.on("thread.typing", (told) => {
    if (told.thread !== thread) return;
    // A name only as it stands on a post of theirs that can be read here.
    const name = told.number && root.querySelector(`#post-${told.number} .post__author`)?.textContent;
    writer = name ? words("typing", { name }) : words("somebody");
    show();
    clearTimeout(hide);
    hide = setTimeout(quiet, SHOW_FOR);
  });
  root.addEventListener("input", ({ target }) => {
    if (!("typing" in target.dataset) || Date.now() - toldAt < TELL_EVERY || !socket.connected) return;
    toldAt = Date.now();
    socket.emit("thread.typing", { thread });
  });
  return { count, readers: () => readers };
}
