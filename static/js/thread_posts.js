// Puts posts in their place on an open thread page: new at the end, changed where they stood.
import { fetchAfter, fetchPart, fetchShared } from "./thread_fetch.js";
import { steadily } from "./steadily.js";

// A shared answer is soon made: so soon, in milliseconds, all have asked for it.
const WITHIN = 400;

export function postsOf(list, line) {
  const { postsUrl, page, pages } = list.dataset;
  const isLastPage = page === pages;
  let last = Number(list.dataset.last);
  const find = (number) => list.querySelector(`:scope > [data-post="${number}"]`);
  const numbers = () => [...list.children].map((post) => Number(post.dataset.post));
  // One after the other, so that an edit never overtakes its post.
  let queue = Promise.resolve();
  const inTurn = (step) => (queue = queue.then(step).catch((problem) => console.info("Not fetched:", problem)));

  function tellNew(posts) {
    const others = posts.filter((post) => !("own" in post.dataset));
    const number = others[0]?.dataset.post;
    if (number) line.sayNew(others.length, isLastPage ? `#post-${number}` : `${postsUrl}${number}/`);
  }

  // What comes back into the middle of a page: shown again, or moved back.
  const isInside = (number) => numbers().some((one) => one < number) && numbers().some((one) => one > number);

  // Returns whether anything on the page became another.
  function place(number, fresh) {
    const before = find(number);
    if (before ? isSame(before, fresh) : !fresh || !(isLastPage || isInside(number))) return false;
    const isOnlyTapped = before?.dataset.version === fresh?.dataset.version;
    if (!before) fresh.classList.toggle("post--new", !("own" in fresh.dataset));
    steadily(() => {
      if (before) fresh ? before.replaceWith(fresh) : before.remove();
      else list.insertBefore(fresh, [...list.children].find((post) => post.dataset.post > number) ?? null);
    });
    return !isOnlyTapped;
  }

  // What changed since is asked for by everybody for themselves: a shared answer may be two seconds old.
  const changed = new Set();
  const isShared = ({ number, how, at }) =>
    "looks" in list.dataset && how === "new" && at && !changed.has(number) && !find(number);

  async function take(told) {
    const { number, how } = told;
    const fresh = (isShared(told) && (await fetchShared(list.dataset, told))) || (await fetchPart(postsUrl, number));
    const isNew = number > last;
    last = Math.max(last, number);
    const isPlaced = place(number, fresh);
    if (how === "new" && fresh && (isPlaced || (isNew && !isLastPage))) tellNew([fresh]);
    else if (how !== "new" && isPlaced && !("own" in (fresh?.dataset ?? {}))) line.say(how, number);
  }

  async function takeMissed() {
    const known = last, missed = [];
    for (let after = Math.min(...numbers(), last + 1) - 1, isMore = true; isMore; ) {
      const { posts, until, end } = await fetchAfter(postsUrl, after);
      for (let number = after + 1; number <= until; number += 1) place(number, posts.get(number));
      missed.push(...[...posts].filter(([number]) => number > known).map(([, post]) => post));
      isMore = isLastPage && until < end;
      [after, last] = [until, Math.max(last, end)];
    }
    tellNew(missed);
  }

  const put = (told) => inTurn(() => take(told));
  // Two thousand who hear of it in one moment do not ask in one moment.
  function hear(told, readers) {
    if (told.how !== "new") changed.add(told.number);
    setTimeout(put, Math.random() * Math.min(readers, isShared(told) ? WITHIN : readers), told);
  }

  return { last: () => last, put, hear, catchUp: () => inTurn(takeMissed) };
}

const isSame = (one, other) =>
  one.dataset.version === other?.dataset.version && one.dataset.taps === other?.dataset.taps;
