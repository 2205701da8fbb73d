// Changes a thread's page without moving what somebody reads or types, or taking their place in it.
export function steadily(change) {
  const list = document.querySelector("[data-thread]");
  document.documentElement.style.overflowAnchor = "none"; // or some browsers would do it twice
  const held = document.activeElement;
  const name = list?.contains(held) && nameOf(held);
  const eye = list && eyeOf(list, held);
  const before = eye?.getBoundingClientRect().top;
  change();
  if (eye?.isConnected) window.scrollBy({ top: eye.getBoundingClientRect().top - before, behavior: "instant" });
  if (name && !held.isConnected) {
    [...list.querySelectorAll("a[href], button")].find((way) => nameOf(way) === name)?.focus({ preventScroll: true });
  }
}

// What is being typed into, else the first post that can be seen; nothing where the page's top is.
function eyeOf(list, held) {
  const { top, bottom } = held.getBoundingClientRect();
  if (!list.contains(held) && held !== document.body && bottom > 0 && top < innerHeight) return held;
  if (scrollY === 0) return null;
  return [...list.children].find((post) => post.getBoundingClientRect().bottom > 0) ?? list.nextElementSibling;
}

// What leads to the same place: a link by its address, a button by its form and its words.
const nameOf = (way) => way.getAttribute("href") ?? `${way.form?.action} ${way.textContent}`;
