// Puts a quote into the box below what is typed there already, instead of loading the page anew.
export function quoteIntoBox(root) {
  root.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-quote]");
    const box = root.querySelector("#answer textarea");
    if (!link || !box || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.dataset.quote).catch(() => null);
    // Without a line, or where it may not be read any more, the page says so.
    if (!answer?.ok) return location.assign(link.href);
    const before = box.value.trimEnd();
    box.value = before + (before && "\n\n") + (await answer.text());
    const { answers } = box.form.elements;
    if (!before) answers.value = new URL(link.href).searchParams.get("answers");
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
