// Fetches the whole roll behind the first page, so that looking for somebody needs no connection.
import { parse } from "./roll_post.js";

export function searchRoll(root, form, isKept, onRows) {
  const filters = root.querySelector("[data-roll-filters]");
  const list = form.querySelector("[data-roll-rows]");
  const apply = () => show(filters, list, form.querySelector("[data-roll-nobody]"));
  filters.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  filters.addEventListener("input", apply);
  isKept.then(() => fetchAll(form.dataset.rollAll, list)).then((isWhole) => {
    if (!isWhole) return;
    root.querySelector("[data-roll-pages]")?.remove();
    filters.querySelector("button").hidden = true;
    onRows();
    apply();
  });
  return apply;
}

async function fetchAll(first, list) {
  const rows = [];
  for (let url = first; url;) {
    const answer = await fetch(url).catch(() => null);
    const part = answer?.ok && parse(await answer.text()).querySelector("[data-roll-rows]");
    if (!part) return false;
    rows.push(...part.children);
    url = part.dataset.rollNext;
  }
  // Rows that are on the page stay the same elements: somebody may be about to touch one.
  const known = new Map([...list.children].map((row) => [row.dataset.tick, row]));
  list.replaceChildren(...rows.map((row) => known.get(row.dataset.tick) ?? row));
  return true;
}

function show(filters, list, nobody) {
  const words = plain(filters.elements.q.value).split(/\s+/).filter(Boolean);
  const { country, show: which } = Object.fromEntries(new FormData(filters));
  let found = 0;
  for (const row of list.children) {
    const text = (row.plain ??= plain(row.dataset.words));
    const isTicked = row.querySelector("[name=here]").checked;
    const fits = words.every((word) => text.includes(word))
      && (!country || country === row.dataset.country)
      && (which === "all" || (which === "ticked") === isTicked);
    row.hidden = !fits;
    found += fits;
  }
  nobody.hidden = found > 0;
  nobody.querySelector("a").search = new URLSearchParams({ name: filters.elements.q.value });
}

// Without case and accents: "jose" finds José.
const plain = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
