// Keeps the moderators' queue true while others write and decide: what is new comes in where it
// belongs, what was decided fades and stays; nothing that is read, chosen or focused moves away.
import { io } from "socket.io-client";

const A_MOMENT = 1000;

export function followQueue(root) {
  const queue = root.querySelector("[data-queue]");
  if (!queue) return;
  beginAtTheNext(queue);
  const socket = io({ transports: ["websocket"] });
  let waits = 0;
  const soon = () => (waits ||= setTimeout(() => renew(root, queue).finally(() => (waits = 0)), A_MOMENT));
  socket.on("moderation.queue", soon);
  socket.io.on("reconnect", soon);
}

// After a decision the page begins at what stood below.
function beginAtTheNext(queue) {
  queue.addEventListener("submit", ({ submitter, target }) => {
    const item = submitter?.closest("[data-review-item]");
    const next = item?.nextElementSibling ?? item?.previousElementSibling;
    if (next && target.elements.item) target.elements.item.value = submitter.name === "claim" ? item.id : next.id;
  });
}

// The browser fetches the page itself and so passes the policy again.
async function renew(root, queue) {
  const answer = await fetch(queue.dataset.queue).catch(() => null);
  if (!answer?.ok || !queue.isConnected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-queue]");
  if (!fresh) return;
  copyCounts(root, page);
  const list = queue.querySelector("[data-review]");
  const other = fresh.querySelector("[data-review]");
  if (list && other) merge(root, list, other, queue.dataset.gone);
  else if (!list && other) location.reload(); // nothing stood here that could be lost
  else if (list) for (const item of [...list.children]) fade(item, queue.dataset.gone);
}

function merge(root, list, fresh, words) {
  const byId = (items) => new Map([...items].map((item) => [item.id, item]));
  const [old, now] = [byId(list.children), byId(fresh.children)];
  let [come, gone, before] = [0, 0, null];
  for (const [id, item] of old) if (!now.has(id)) gone += fade(item, words);
  for (const [id, item] of now) {
    const here = old.get(id);
    if (here) copyFacts(here, item);
    else if (before) before.after(item);
    else list.prepend(item);
    come += here ? 0 : 1;
    before = here ?? item;
  }
  say(root.querySelector("[data-queue-said]"), { new: come, gone });
}

function fade(item, words) {
  if (item.classList.contains("queue__item--gone")) return 0;
  item.classList.add("queue__item--gone");
  for (const way of item.querySelectorAll("button, input")) way.disabled = true;
  const box = item.querySelector("[data-choose]");
  if (box?.checked) {
    box.checked = false;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const told = document.createElement("p");
  told.className = "queue__gone";
  told.textContent = words;
  item.querySelector(".row__body").append(told);
  return 1;
}

// Who looks at it and how long it waits; not under somebody's fingers.
function copyFacts(here, item) {
  here.classList.toggle("queue__item--claimed", item.classList.contains("queue__item--claimed"));
  const [facts, fresh] = [here, item].map((each) => each.querySelector(".row__facts"));
  if (facts && fresh && !facts.contains(document.activeElement)) facts.replaceWith(fresh);
}

function copyCounts(root, page) {
  for (const option of root.querySelectorAll(".queue__filters option")) {
    const fresh = page.querySelector(`#${option.parentElement.id} option[value="${CSS.escape(option.value)}"]`);
    if (fresh) option.textContent = fresh.textContent;
  }
  const [lead, fresh] = [root, page].map((each) => each.querySelector(".page-head__lead"));
  if (lead && fresh) lead.textContent = fresh.textContent;
}

// A screen reader hears it once.
function say(said, counts) {
  const words = Object.entries(counts).filter(([, count]) => count);
  if (said && words.length) said.textContent = words.map(([name, count]) => said.dataset[name].replace("{count}", count)).join(", ");
}
