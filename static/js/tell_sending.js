// Says how much of a file has been sent; the answer then replaces the page as usual.
export function tellSending(root) {
  for (const form of root.querySelectorAll("form[data-sending]")) {
    form.addEventListener("submit", (event) => {
      const hasFile = [...form.querySelectorAll("input[type=file]")].some((field) => field.files.length);
      if (!hasFile || event.defaultPrevented) return;
      show(form);
    });
  }
}

// The browser gives no count for a plain form, so the bar moves without a number.
function show(form) {
  const words = document.createElement("p");
  words.className = "sending";
  words.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.className = "progress__bar";
  bar.setAttribute("aria-label", form.dataset.sending);
  words.append(form.dataset.sending, bar);
  form.querySelector(".form__actions").replaceChildren(words);
}
