// The code on the wall: the bar runs, and at the turn of the minute the next code is fetched.
import { parse } from "./roll_post.js";

const PAUSE = 5000;

export function showRoomCode(root) {
  const find = () => root.querySelector("[data-code]");
  if (!find()) return;
  let turn = turnOf(find());
  let asked = Date.now();
  setInterval(async () => {
    const left = Math.max(0, (turn - Date.now()) / 1000);
    const bar = find().querySelector("progress");
    if (bar) bar.value = left;
    if (left > 0 && Date.now() - asked < PAUSE) return;
    if (left === 0 && Date.now() - asked < 1000) return;
    asked = Date.now();
    if (await refresh(find())) turn = turnOf(find());
  }, 250);
}

// When the code that is shown has had its minute, by this computer's clock.
const turnOf = (part) => Date.now() + Number(part.dataset.codeLeft ?? Infinity) * 1000;

async function refresh(part) {
  const answer = await fetch(part.dataset.code).catch(() => null);
  const fresh = answer?.ok && parse(await answer.text()).querySelector("[data-code]");
  if (fresh) part.replaceWith(fresh);
  else warn(part);
  return Boolean(fresh);
}

function warn(part) {
  if (part.querySelector(".wall__stale")) return;
  const words = document.createElement("p");
  words.className = "wall__stale";
  words.setAttribute("role", "alert");
  words.textContent = part.dataset.codeStale;
  part.append(words);
}
