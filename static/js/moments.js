// Tells moments on the browser's clock where the server did not know it yet.
const SPOKEN = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
const HOUR = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const YEAR_IN_SECONDS = 31536000;

// Browsers still say some cities as they were once spelt.
const RENAMED = {
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Asia/Dacca": "Asia/Dhaka",
  "Asia/Thimbu": "Asia/Thimphu",
};

export function browserZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  return RENAMED[zone] ?? zone;
}

// The next page comes from the server with the right clock.
export function rememberZone() {
  const zone = browserZone();
  if (zone && !document.cookie.includes(`zone=${zone}`)) {
    document.cookie = `zone=${zone}; path=/; max-age=${YEAR_IN_SECONDS}; samesite=lax`;
  }
}

export function showLocalMoments(root) {
  const zone = browserZone();
  if (!zone || document.body.hasAttribute("data-signed-in")) return;
  for (const time of root.querySelectorAll("time[data-moment]")) {
    if (time.dataset.moment !== zone) retell(time, zone);
  }
}

function retell(time, zone) {
  const at = new Date(time.dateTime);
  const language = document.documentElement.lang;
  const say = (parts) => new Intl.DateTimeFormat(language, { ...parts, timeZone: zone }).formatToParts(at);
  const part = (parts, type) => parts.find((one) => one.type === type)?.value ?? "";
  const day = say(SPOKEN);
  const date = `${part(day, "day")} ${part(day, "month")} ${part(day, "year")}`;
  const city = zone.split("/").pop().replaceAll("_", " ");
  if (!time.matches(".moment--short")) keepOrigin(time);
  time.textContent = time.dataset.words
    .replace("{weekday}", part(day, "weekday"))
    .replace("{date}", date)
    .replace("{hour}", say(HOUR).map((one) => one.value).join(""))
    .replace("{city}", city);
  if (time.title) time.title = city;
}

// Where the server told one clock only, it was the organiser's: it stays, under the reader's.
function keepOrigin(time) {
  if (time.parentElement.querySelector(".moment__there")) return;
  const origin = document.createElement("span");
  origin.className = "moment__there";
  origin.textContent = time.textContent.trim();
  time.after(" ", origin);
}
