// The map of treasures: our own outlines, no tiles, no fonts from elsewhere. The list says the same.
import { AttributionControl, Map as Chart, NavigationControl, setWorkerUrl } from "maplibre-gl";
import { points, pieces } from "../parts/map_data.js";

const box = document.querySelector("[data-treasure-map]");
const here = document.querySelector("[data-here]");
const words = box.dataset;
const FINE = 10000;
const LETTERS = [...words.letters];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

async function told(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

function lines(outlines, name) {
  const features = outlines.flatMap((outline) => outline[name]).map((steps) => pieces(steps, FINE));
  return { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: features } };
}

function towns(outlines) {
  const features = outlines.flatMap((outline) => outline.towns).map(([x, y, name], rank) => ({
    type: "Feature",
    properties: { name, rank },
    geometry: { type: "Point", coordinates: [x / FINE, y / FINE] },
  }));
  return { type: "FeatureCollection", features };
}

// What there is to see fills the map; a territory without treasures shows its outline.
function frame(outlines, found) {
  const boxes = found.map(({ geometry: { coordinates: [x, y] } }) => [x, y, x, y]);
  if (boxes.length === 0) boxes.push(...outlines.map((outline) => outline.box.map((each) => each / FINE)));
  if (boxes.length === 0) return [-5, 42, 8.5, 51];
  return boxes.reduce(([a, b, c, d], [w, s, e, n]) => [Math.min(a, w), Math.min(b, s), Math.max(c, e), Math.max(d, n)]);
}

function kinds(values) {
  return ["match", ["get", "kind"], 0, values[0], 1, values[1], 2, values[2], values[3]];
}

function look(outlines, found) {
  const ink = colour("ink");
  const tints = ["saffron", "leaf", "sky", "violet-ink"].map(colour);
  const text = { "text-font": ["sans-serif"], "text-allow-overlap": true };
  return {
    version: 8,
    sources: {
      outline: { type: "geojson", data: lines(outlines, "outline"), attribution: words.credit },
      borders: { type: "geojson", data: lines(outlines, "borders") },
      towns: { type: "geojson", data: towns(outlines) },
      treasures: {
        type: "geojson", cluster: true, clusterRadius: 46, clusterMaxZoom: 12,
        data: { type: "FeatureCollection", features: found },
      },
    },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": colour("paper") } },
      { id: "borders", type: "line", source: "borders", minzoom: 7, paint: { "line-color": colour("line"), "line-width": 1 } },
      { id: "outline", type: "line", source: "outline", paint: { "line-color": colour("edge"), "line-width": 2 } },
      {
        id: "towns", type: "symbol", source: "towns",
        layout: { "text-font": ["sans-serif"], "text-field": ["get", "name"], "text-size": 13, "symbol-sort-key": ["get", "rank"] },
        paint: { "text-color": colour("ink-2"), "text-halo-color": colour("paper"), "text-halo-width": 1.5 },
      },
      {
        id: "clusters", type: "circle", source: "treasures", filter: ["has", "point_count"],
        paint: {
          "circle-color": colour("night"), "circle-stroke-color": colour("card"), "circle-stroke-width": 2,
          "circle-radius": ["step", ["get", "point_count"], 18, 50, 24, 500, 30],
        },
      },
      {
        id: "counts", type: "symbol", source: "treasures", filter: ["has", "point_count"],
        layout: { ...text, "text-field": ["get", "point_count_abbreviated"], "text-size": 14 },
        paint: { "text-color": colour("on-night") },
      },
      {
        id: "treasures", type: "circle", source: "treasures", filter: ["!", ["has", "point_count"]],
        paint: { "circle-color": kinds(tints), "circle-radius": 12, "circle-stroke-color": colour("card"), "circle-stroke-width": 2 },
      },
      {
        id: "letters", type: "symbol", source: "treasures", filter: ["!", ["has", "point_count"]],
        layout: { ...text, "text-field": kinds(LETTERS), "text-size": 14 },
        paint: { "text-color": kinds([ink, colour("card"), colour("card"), colour("card")]) },
      },
    ],
  };
}

async function show(coordinates) {
  const at = coordinates.slice().reverse().map((each) => each.toFixed(4)).join(",");
  const address = new URL(words.list, location.href);
  address.searchParams.set("at", at);
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  const list = page.querySelector(".treasure-list");
  if (!list) return location.assign(address);
  here.replaceChildren(list);
  here.hidden = false;
  here.focus();
  here.scrollIntoView({ block: "nearest" });
}

async function draw() {
  const [data, ...outlines] = await Promise.all([words.points, ...JSON.parse(words.outlines)].map(told));
  const found = points(data, FINE);
  setWorkerUrl(new URL(words.worker, location.href).href);
  const map = new Chart({
    container: box, style: look(outlines, found), bounds: frame(outlines, found), attributionControl: false,
    fitBoundsOptions: { padding: 56, maxZoom: 11 }, maxZoom: 16, dragRotate: false, pitchWithRotate: false,
    locale: { "Map.Title": words.title, "NavigationControl.ZoomIn": words.closer, "NavigationControl.ZoomOut": words.farther,
      "AttributionControl.ToggleAttribution": words.sources },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new AttributionControl({ compact: false }));
  map.on("click", "clusters", async ({ features: [cluster] }) => {
    const zoom = await map.getSource("treasures").getClusterExpansionZoom(cluster.properties.cluster_id);
    map.easeTo({ center: cluster.geometry.coordinates, zoom: Math.max(zoom, map.getZoom() + 1) });
  });
  map.on("click", "treasures", ({ features: [one] }) => show([one.properties.x, one.properties.y]));
  for (const layer of ["clusters", "treasures"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  map.once("idle", () => { box.dataset.drawn = Math.round(performance.now()); });
}

draw().catch(() => {
  box.hidden = true;
  document.querySelector("[data-no-map]").hidden = false;
});
