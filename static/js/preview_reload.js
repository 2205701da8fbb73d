/* Authors' preview: shows the page anew when a file was saved. */
const seen = document.body.dataset.stamp;
const state = document.querySelector("[data-preview-state]");

async function ask() {
  try {
    const answer = await fetch("/stamp", { cache: "no-store" });
    if (answer.ok && (await answer.text()) !== seen) {
      location.reload();
      return;
    }
    state.textContent = "A saved file shows at once.";
  } catch {
    state.textContent = "The preview was ended: this page shows what it said last.";
  }
  setTimeout(ask, 800);
}

if (seen) {
  ask();
}
