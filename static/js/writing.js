// What only the steps of writing a case load, after site.js; each works without it.
import { repeatRows } from "./repeat_rows.js";
import { saveAsTyped } from "./save_as_typed.js";

repeatRows(document);
saveAsTyped(document);
