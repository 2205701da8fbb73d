// Lets a link wait until what was typed is saved, so that the next page knows it.
const LONGEST = 4000;

export function goOnSaved(isUnsaved, save) {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !isUnsaved() || staysHere(link, event)) return;
    event.preventDefault();
    // Without a line it is kept on this device; nobody has to stay for that.
    await Promise.race([save(), new Promise((done) => setTimeout(done, LONGEST))]);
    location.assign(link.href);
  });
}

const staysHere = (link, event) =>
  event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target ||
  link.origin !== location.origin || (link.pathname === location.pathname && link.hash);
