// What only pages of threads load, after site.js; each works without it.
import { followThread } from "./thread_live.js";

followThread(document);
