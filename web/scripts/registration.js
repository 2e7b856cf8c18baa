// The registration page: choices by tapping, communes suggested. The page works without it.
import { commune } from "../parts/commune.js";
import { ranking } from "../parts/ranking.js";

document.querySelectorAll("[data-ranking]").forEach(ranking);
document.querySelectorAll("[data-communes]").forEach(commune);
