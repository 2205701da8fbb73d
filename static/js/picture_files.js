// Sends chosen pictures one after the other, the words that were typed with the first of them.
import { forgetWork } from "./kept_work.js";

export function sendPictures(root) {
  for (const input of root.querySelectorAll("[data-picture-files]")) bind(input, input.form);
}

function bind(input, form) {
  input.removeAttribute("name"); // what saves the words by itself sends no files
  form.querySelector("button[value=files]").hidden = true;
  for (const button of form.querySelectorAll("[data-put-back]")) button.addEventListener("click", putBack);
  input.addEventListener("input", (event) => event.stopPropagation());
  input.addEventListener("change", async () => {
    const list = form.querySelector("[data-picture-list]");
    list.replaceChildren();
    list.hidden = false;
    const rows = [...input.files].map((file) => [file, rowOf(list, file)]);
    input.value = "";
    form.inert = true;
    let failed = 0;
    for (const [file, row] of rows) failed += (await send(form, file, row, file === rows[0][0])) ? 0 : 1;
    forgetWork(form);
    if (!failed) return location.reload();
    form.inert = false;
    if (failed < rows.length) offerToShow(list);
  });
}

// The form that saves by itself would only save: here all of it goes, with the wish of the button.
function putBack(event) {
  const { form, name, value } = event.currentTarget;
  event.preventDefault();
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  forgetWork(form);
  form.submit();
}

function rowOf(list, file) {
  const row = document.createElement("li");
  const name = Object.assign(document.createElement("span"), { className: "picture-files__name", textContent: file.name });
  const bar = Object.assign(document.createElement("progress"), { className: "progress__bar", max: 1, value: 0 });
  const state = Object.assign(document.createElement("span"), { textContent: list.dataset.waits });
  bar.setAttribute("aria-label", file.name);
  row.className = "picture-files__file";
  row.append(name, bar, state);
  list.append(row);
  return { row, bar, state, words: list.dataset };
}

const LARGEST = 12 * 1024 * 1024;
// Where many are drawn at once, a file waits by itself and is sent again.
const PAUSES = [3000, 8000, 20000];

async function send(form, file, shown, isFirst, pauses = PAUSES) {
  const status = await sendOnce(form, file, shown, isFirst);
  if (status !== 503 || !pauses.length) return status === 201;
  shown.state.textContent = shown.words.waits;
  await new Promise((resolve) => setTimeout(resolve, pauses[0]));
  return send(form, file, shown, false, pauses.slice(1));
}

function sendOnce(form, file, { row, bar, state, words }, isFirst) {
  const end = (said) => {
    bar.hidden = true;
    state.textContent = said || words.done;
    row.classList.toggle("picture-files__file--refused", Boolean(said));
  };
  if (file.size > LARGEST) return end(words.large), 413;
  bar.hidden = false;
  const body = isFirst ? new FormData(form) : new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  body.set("files", file);
  const request = new XMLHttpRequest();
  request.open("POST", location.pathname);
  request.setRequestHeader("X-Requested-With", "fetch");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    if (loaded === total) state.textContent = words.draws;
  });
  return new Promise((resolve) => {
    request.addEventListener("load", () => resolve((end(request.status === 201 ? "" : refusal(request, words)), request.status)));
    request.addEventListener("error", () => resolve((end(words.failed), 0)));
    request.send(body);
  });
}

function refusal(request, words) {
  try {
    return JSON.parse(request.responseText).refused.join(" ") || words.failed;
  } catch {
    return request.status === 413 ? words.large : words.failed;
  }
}

function offerToShow(list) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--plain", textContent: list.dataset.again });
  button.addEventListener("click", () => location.reload());
  list.append(button);
}
