// What every page loads: a few small comforts; each page works without them.
import { showLocalMoments, rememberZone } from "./moments.js";
import { guessZones } from "./zone_guess.js";
import { showPasswords } from "./password.js";
import { switchTheme } from "./theme.js";
import { forgetWhereNobodyIs } from "./forget_rolls.js";
import { focusFirst } from "./focus_first.js";
import { closeMenus } from "./menu.js";
import { askFirst } from "./confirm.js";
import { addSteppers } from "./stepper.js";
import { showTabAtHand } from "./tabs.js";
import { offerPrint } from "./print_page.js";
import { showPictures } from "./show_picture.js";
import { sayLessonIsOpen } from "./lesson_seen.js";

rememberZone();
showLocalMoments(document);
guessZones(document);
showPasswords(document);
switchTheme(document);
focusFirst(document);
closeMenus(document);
askFirst(document);
addSteppers(document);
showTabAtHand(document);
offerPrint(document);
showPictures(document);
sayLessonIsOpen(document);
forgetWhereNobodyIs(document);
