// Communes suggested under any field that asks for one. The page works without it.
import { commune } from "../parts/commune.js";

document.querySelectorAll("[data-communes]").forEach(commune);
