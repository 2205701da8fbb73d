// A service worker for one roll: it opens without a connection, for half a day, for whoever opened
// it last on this phone. Why, and what it never keeps: docs/decisions/roll.md.
const HERE = new URL("./", location).pathname;
const ROWS = `${HERE}rows`;
const SHELF = `roll:${HERE}`;
const LONGEST = 12 * 60 * 60 * 1000;
const PATIENCE = 8000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname === HERE || pathname === ROWS) event.respondWith(freshOrKept(request, pathname, search));
  else if (pathname.startsWith("/static/")) event.respondWith(keptOrFresh(request));
});

// What the academy says now; where it does not answer, what it said last.
async function freshOrKept(request, pathname, search) {
  const fresh = fetch(request).then((answer) => judge(request, answer, pathname === ROWS || !search));
  const kept = await readKept(pathname === HERE ? HERE : request);
  if (!kept) return fresh;
  const slow = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  return Promise.race([fresh.catch(() => kept), slow]);
}

async function judge(request, answer, isWhole) {
  const isRoll = answer.ok && !answer.redirected;
  // Signed out, or not theirs any longer: then nothing stays. A fault of the academy's says nothing.
  if (!isRoll && answer.status < 500 && answer.status !== 429) await caches.delete(SHELF);
  if (!isRoll || !isWhole) return answer;
  const shelf = await caches.open(SHELF);
  if (request.mode === "navigate") await dropRows(shelf);
  await shelf.put(request.url, answer.clone());
  return answer;
}

// Opened anew, perhaps by somebody else, who may see fewer: the page fetches its own.
async function dropRows(shelf) {
  const rows = (await shelf.keys()).filter(({ url }) => new URL(url).pathname === ROWS);
  await Promise.all(rows.map((one) => shelf.delete(one)));
}

// The page says of itself that it was kept: its clock is old.
async function readKept(what) {
  const kept = await caches.match(what, { cacheName: SHELF });
  if (!kept) return null;
  if (Date.now() - Date.parse(kept.headers.get("Date")) > LONGEST) {
    await caches.delete(SHELF);
    return null;
  }
  const text = (await kept.text()).replace(" data-roll=", " data-roll-kept data-roll=");
  const headers = new Headers(kept.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(text, { status: 200, headers });
}

async function keptOrFresh(request) {
  const kept = await caches.match(request, { cacheName: SHELF });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(SHELF)).put(request, answer.clone());
  return answer;
}
