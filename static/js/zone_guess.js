// Fills the browser's time zone into a field that nobody has answered.
import { browserZone } from "./moments.js";

export function guessZones(root) {
  const zone = browserZone();
  for (const field of root.querySelectorAll("[data-zone-guess]")) {
    const isUntouched = !field.value || field.value === "UTC";
    if (zone && isUntouched) choose(field, zone);
  }
}

// A list may lack the zone; then its own first choice stays.
function choose(field, zone) {
  const before = field.value;
  field.value = zone;
  if (field.value !== zone) field.value = before;
}
