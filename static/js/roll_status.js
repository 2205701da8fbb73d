// Says on the roll what became of the ticks: saved, waiting, kept because nobody is signed in.
export function statusOf(form, memory) {
  const box = form.querySelector("[data-roll-status]");
  const words = box.querySelector("[data-roll-words]");
  const others = box.querySelector("[data-roll-others]");
  const told = box.querySelector("[data-roll-told]");
  box.hidden = false;
  return (state, rows, gone = 0) => {
    const count = memory.all().length;
    const now = state === "sent" && count ? "sending" : state;
    box.dataset.state = now;
    say(words, box.dataset[now], count);
    box.querySelector("[data-roll-sign-in]").hidden = now !== "signedOut";
    const waiting = memory.countOthers();
    others.hidden = !waiting;
    say(others, box.dataset.others, waiting);
    const news = rows.flatMap((row) => [...row.querySelectorAll("[data-tick-told]")]);
    const lines = news.map((one) => one.textContent);
    if (gone) lines.push(box.dataset.gone.replace("{count}", gone));
    for (const text of lines) told.append(Object.assign(document.createElement("li"), { textContent: text }));
    told.hidden = !told.children.length;
  };
}

// A screen reader is not told the same thing twice.
function say(place, words, count) {
  const text = words.replace("{count}", count);
  if (place.textContent !== text) place.textContent = text;
}
