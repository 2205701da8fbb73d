// Says on the roll what became of the ticks: saved, waiting, kept because nobody is signed in.
export function statusOf(form, memory) {
  const box = form.querySelector("[data-roll-status]");
  const words = box.querySelector("[data-roll-words]");
  const others = box.querySelector("[data-roll-others]");
  const told = box.querySelector("[data-roll-told]");
  box.hidden = false;
  return (state, rows) => {
    const count = memory.all().length;
    const now = state === "sent" && count ? "sending" : state;
    box.dataset.state = now;
    say(words, box.dataset[now], count);
    box.querySelector("[data-roll-sign-in]").hidden = now !== "signedOut";
    const waiting = memory.countOthers();
    others.hidden = !waiting;
    say(others, box.dataset.others, waiting);
    for (const news of rows.flatMap((row) => [...row.querySelectorAll("[data-tick-told]")])) {
      const line = document.createElement("li");
      line.textContent = news.textContent;
      told.append(line);
      told.hidden = false;
    }
  };
}

// A screen reader is not told the same thing twice.
function say(place, words, count) {
  const text = words.replace("{count}", count);
  if (place.textContent !== text) place.textContent = text;
}
