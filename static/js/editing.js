// What only the page of a course's file loads, after desk.js; the page works without it.
import { checkSaved } from "./check_saved.js";
import { insertSnippets } from "./insert_snippets.js";
import { numberLines } from "./number_lines.js";
import { saveAsTyped } from "./save_as_typed.js";

numberLines(document);
insertSnippets(document);
checkSaved(document);
saveAsTyped(document);
