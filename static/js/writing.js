// What only the steps of writing a case load, after site.js; each works without it.
import { orderRows } from "./order_rows.js";
import { sendPictures } from "./picture_files.js";
import { repeatRows } from "./repeat_rows.js";
import { saveAsTyped } from "./save_as_typed.js";
import { tellKept } from "./tell_kept.js";

orderRows(document);
sendPictures(document);
repeatRows(document);
saveAsTyped(document);
tellKept(document);
