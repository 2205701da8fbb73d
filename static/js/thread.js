// What only pages of threads load, after site.js; each works without it.
import { followThread } from "./thread_live.js";
import { keepDrafts } from "./drafts.js";
import { noteReading } from "./thread_reading.js";
import { quoteIntoBox } from "./thread_quote.js";
import { sendKept } from "./send_kept.js";

sendKept(document);
keepDrafts(document);
followThread(document);
noteReading(document);
quoteIntoBox(document);
