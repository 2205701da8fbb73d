// Sends dropped files one after the other, says how far each is, then shows what was recognised.
export function takeManyFiles(root) {
  for (const form of root.querySelectorAll("form[data-drop-many]")) prepare(form, root);
}

function prepare(form, root) {
  const field = form.querySelector("input[type=file]");
  const light = (isOver) => form.classList.toggle("dropzone--over", isOver);
  form.querySelector("[data-drop-submit]").hidden = true;
  field.addEventListener("change", () => sendAll(form, [...field.files]));
  // A file that falls beside the zone would open in place of the page: the whole page takes it.
  root.addEventListener("dragover", (event) => { event.preventDefault(); light(true); });
  root.addEventListener("dragleave", (event) => { if (!event.relatedTarget) light(false); });
  root.addEventListener("drop", (event) => {
    event.preventDefault();
    light(false);
    sendAll(form, [...event.dataTransfer.files]);
  });
}

async function sendAll(form, files) {
  if (!files.length || form.dataset.busy) return;
  form.dataset.busy = "yes";
  const list = form.querySelector("[data-drop-files]");
  list.hidden = false;
  list.replaceChildren();
  const rows = files.map((file) => [file, addRow(list, file)]);
  let failed = 0;
  for (const [file, row] of rows) failed += await send(form, file, row) ? 0 : 1;
  delete form.dataset.busy;
  form.querySelector("input[type=file]").value = "";
  if (failed) return;
  location.hash = "waiting";
  location.reload();
}

function addRow(list, file) {
  const row = document.createElement("li");
  row.className = "dropzone__file";
  const name = Object.assign(document.createElement("span"), { className: "dropzone__name", textContent: file.name });
  const bar = Object.assign(document.createElement("progress"), { className: "progress__bar", max: 1, value: 0 });
  bar.setAttribute("aria-label", file.name);
  const state = Object.assign(document.createElement("span"), { className: "dropzone__state", textContent: list.dataset.waits });
  row.append(name, bar, state);
  list.append(row);
  return { row, bar, state, words: list.dataset };
}

function send(form, file, { row, bar, state, words }) {
  const body = new FormData();
  body.append("csrf_token", form.elements.csrf_token.value);
  body.append("files", file);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-Fragment", "yes");
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    state.textContent = loaded < total ? percent.format(loaded / total) : words.looks;
  });
  return new Promise((resolve) => {
    const end = (isGood, said) => {
      state.textContent = said;
      bar.value = isGood ? 1 : 0;
      row.classList.toggle("dropzone__file--failed", !isGood);
      resolve(isGood);
    };
    request.addEventListener("load", () => end(request.status < 300, said(request.status, words)));
    request.addEventListener("error", () => end(false, words.failed));
    request.send(body);
  });
}

const said = (status, words) => (status < 300 ? words.done : status === 413 ? words.large : words.failed);
