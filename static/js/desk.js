// What only the organisers' workbench loads, after site.js.
import { sortTables } from "./sort_table.js";
import { takeDroppedFiles } from "./drop_file.js";
import { takeManyFiles } from "./drop_files.js";
import { chooseRows } from "./choose_rows.js";
import { followJobs } from "./follow_jobs.js";
import { tellSending } from "./tell_sending.js";
import { foldSheet } from "./sheet.js";
import { reviewByKeys } from "./review.js";
import { followReview } from "./review_meanwhile.js";
import { sayMinutes } from "./answer_minutes.js";
import { walkTheCloth } from "./cloth.js";
import { tickRoll } from "./roll.js";
import { showRoomCode } from "./room_code.js";

sortTables(document);
takeDroppedFiles(document);
takeManyFiles(document);
chooseRows(document);
tellSending(document);
foldSheet(document);
followJobs(document);
reviewByKeys(document);
followReview(document);
sayMinutes(document);
walkTheCloth(document);
tickRoll(document);
showRoomCode(document);
