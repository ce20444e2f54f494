// What is under the offers: images when the site has some, else the distances and the largest communes around.
import * as L from "leaflet/dist/leaflet-src.esm.js";

const STEPS_KM = [1, 2, 5, 10, 20, 50, 100, 200];
const KM_PER_DEGREE = 111.2;
const SMALLEST_RING_PX = 26;
const LETTER_PX = 8.2;
const LINE_PX = 20;
const BELOW_PX = 28; // under the markers of the place

export function makeGround(map, tiles) {
  const pane = map.createPane("names");
  pane.setAttribute("aria-hidden", "true");
  const names = L.layerGroup().addTo(map);
  const rings = L.layerGroup().addTo(map);
  let shown = { centre: null, rayon_km: null, reperes: [] };
  if (tiles) {
    // Tile servers ask who calls: the site alone is told, never the words that an address holds.
    L.tileLayer(tiles, { maxZoom: map.getMaxZoom(), referrerPolicy: "strict-origin", alt: "" }).addTo(map);
  }

  function name(text, position, kind) {
    const icon = L.divIcon({ className: `map-name map-name-${kind}`, html: element(text), iconSize: null });
    L.marker(position, { icon, pane: "names", interactive: false, keyboard: false }).addTo(names);
  }

  // Names that would run into one already written are left out: the largest communes come first.
  function draw() {
    names.clearLayers();
    rings.clearLayers();
    const taken = [];
    const { centre, rayon_km: radius, reperes } = shown;
    const tryName = (text, position, kind, drop = 0) => {
      const at = map.project(position).add([0, drop]);
      const half = (text.length * LETTER_PX) / 2 + 4;
      const box = L.bounds(at.subtract([half, LINE_PX / 2]), at.add([half, LINE_PX / 2]));
      if (taken.some((other) => other.overlaps(box))) return;
      taken.push(box);
      name(text, map.unproject(at), kind);
    };
    if (centre !== null) {
      const middle = L.latLng(centre.latitude, centre.longitude);
      L.circleMarker(middle, { radius: 6, interactive: false, className: "map-centre" }).addTo(rings);
      tryName(centre.nom, middle, "centre", BELOW_PX);
      for (const km of ringsOf(radius)) drawRing(middle, km, radius, tryName);
    }
    if (!tiles) for (const place of reperes) tryName(place.nom, [place.latitude, place.longitude], "place", BELOW_PX);
  }

  function drawRing(middle, km, radius, tryName) {
    const top = L.latLng(middle.lat + km / KM_PER_DEGREE, middle.lng);
    if (map.project(middle).distanceTo(map.project(top)) < SMALLEST_RING_PX) return;
    if (tiles && km !== radius) return;
    const className = km === radius ? "map-ring map-ring-last" : "map-ring";
    L.circle(middle, { radius: km * 1000, interactive: false, className }).addTo(rings);
    tryName(`${km.toLocaleString("fr")}\u00a0km`, top, "ring");
  }

  map.on("zoomend", draw);

  return {
    show(answer) {
      shown = answer;
      draw();
    },
  };
}

// The usual distances within the radius, and the radius itself.
export function ringsOf(radius) {
  return [...STEPS_KM.filter((km) => km < radius), radius].reverse();
}

function element(text) {
  const span = document.createElement("span");
  span.textContent = text;
  return span;
}
