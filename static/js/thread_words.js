// Says things in the reader's language: the words stand on the page, the facts are put in.
import { steadily } from "./steadily.js";

export function wordsOf(element) {
  const words = JSON.parse(element.dataset.words);
  return (name, facts = {}) =>
    Object.entries(facts).reduce((text, [key, value]) => text.replace(`{${key}}`, value), words[name]);
}

// A polite line, spoken once; new posts are counted while nobody looks.
export function lineOf(element) {
  const words = wordsOf(element);
  let unseen = 0, way = "";
  const forget = () => (unseen = 0);
  document.addEventListener("visibilitychange", forget);
  document.addEventListener("pointerdown", forget);
  document.addEventListener("keydown", forget);
  return {
    say(name, count) {
      forget();
      steadily(() => (element.textContent = words(name, { count })));
    },
    sayWhere(name, href) {
      forget();
      const link = Object.assign(document.createElement("a"), { href, textContent: words("show") });
      steadily(() => element.replaceChildren(words(name), " ", link));
    },
    sayNew(count, first) {
      if (!unseen) way = first;
      unseen += count;
      const link = Object.assign(document.createElement("a"), { href: way, textContent: words("show") });
      const told = words(unseen === 1 ? "new" : "more", { count: unseen });
      steadily(() => element.replaceChildren(told, " ", link));
    },
  };
}
