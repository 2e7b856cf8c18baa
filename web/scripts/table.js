// A table's pages follow the evening: its phases, its time, what the others at the table do.
import { countdown, hall } from "../parts/hall.js";

const root = document.querySelector("[data-hall]");
if (root) hall(root);
else document.querySelectorAll("[data-left]").forEach(countdown);
