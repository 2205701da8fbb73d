// By how much the academy's clock is ahead of this phone's: an act is told by the academy's.
const KEY = "roll-clock";

export function clockAhead(form) {
  // A page that was kept tells an old moment: what was measured when it came fresh holds on.
  if ("rollKept" in form.dataset) return read();
  const [entry] = performance.getEntriesByType("navigation");
  const arrived = performance.timeOrigin + (entry?.responseStart ?? 0);
  const ahead = Math.round(Number(form.dataset.rollMoment) - arrived);
  try { localStorage.setItem(KEY, ahead); } catch { /* private window */ }
  return ahead;
}

function read() {
  try { return Number(localStorage.getItem(KEY)) || 0; } catch { return 0; }
}
