// Notes how far somebody has read, a little after they came there.
const PAUSE = 1500;

export function noteReading(root) {
  const list = root.querySelector("[data-reading-url]");
  if (!list) return;
  let read = Number(list.dataset.read), timer = 0;
  const note = () => {
    timer = 0;
    const number = furthest(list);
    if (root.hidden || number <= read) return;
    read = number;
    // A note that is lost is made up for by the next one, or the next visit.
    fetch(`${list.dataset.readingUrl}?number=${number}`, {
      method: "POST",
      keepalive: true,
      headers: { "X-CSRFToken": root.querySelector("[name=csrf_token]").value, "X-Requested-With": "fetch" },
    }).catch(() => null);
  };
  const soon = () => (timer ||= setTimeout(note, PAUSE));
  addEventListener("scroll", soon, { passive: true });
  root.addEventListener("visibilitychange", soon);
  new MutationObserver(soon).observe(list, { childList: true });
  soon();
}

// The last post whose end came into sight.
function furthest(list) {
  const seen = [...list.children].filter((post) => post.getBoundingClientRect().bottom <= innerHeight);
  return Number(seen.at(-1)?.dataset.post ?? 0);
}
