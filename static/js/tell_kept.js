// Says on a page about the whole which of its steps have words on this device that are not saved.
import { keptWorks } from "./kept_work.js";

export function tellKept(root) {
  for (const notice of root.querySelectorAll("[data-kept-of]")) {
    const steps = new Set(keptWorks(notice.dataset.keptOf));
    for (const item of notice.querySelectorAll("[data-step]")) {
      if (!steps.has(item.dataset.step)) item.remove();
      else notice.hidden = false;
    }
  }
}
