// Takes a file that is dropped on its field, and says how large it is.
const MEGABYTE = 1048576;

export function takeDroppedFiles(root) {
  for (const zone of root.querySelectorAll("[data-drop]")) prepare(zone);
}

function prepare(zone) {
  const field = zone.querySelector("input[type=file]");
  const words = zone.querySelector("[data-drop-words]");
  const light = (isOver) => zone.classList.toggle("drop--over", isOver);
  field.addEventListener("change", () => tell(words, field.files));
  zone.addEventListener("dragover", (event) => { event.preventDefault(); light(true); });
  zone.addEventListener("dragleave", () => light(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    light(false);
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function tell(words, files) {
  if (!files.length) return;
  const size = [...files].reduce((sum, file) => sum + file.size, 0);
  words.textContent = words.dataset.chosen.replace("{size}", spoken(size));
  words.classList.add("drop__words--chosen");
}

function spoken(size) {
  const isLarge = size >= MEGABYTE;
  const say = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${say.format(size / (isLarge ? MEGABYTE : 1024))} ${isLarge ? "MB" : "kB"}`;
}
