// The map of a search: its ground, its offers, and the list beside it.
import * as L from "leaflet/dist/leaflet-src.esm.js";
import { linkCards } from "./cards.js";
import { makeGround } from "./ground.js";
import { makeMarkers } from "./markers.js";
import { fillPopup } from "./popup.js";

const CLOSEST = 17;
const AT_FIRST = { maxZoom: 14, paddingTopLeft: [52, 46], paddingBottomRight: [104, 22] }; // whole markers, zoom buttons
const MOST_PX = 320;
const AROUND_PX = 90; // what a popup needs besides its words: its edges, its tip, the marker below
const WHOLE = L.latLngBounds([41.3, -5.2], [51.1, 9.6]); // the French mainland

export function drawMap(section, leave) {
  const told = section.querySelector("[data-map-told]");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(section.querySelector("[data-map-ground]"), {
    attributionControl: false, // told under the map
    zoomControl: false,
    zoomSnap: section.dataset.mapTiles ? 1 : 0.5,
    maxZoom: CLOSEST,
    minZoom: 2,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
  }).fitBounds(WHOLE);
  L.control.zoom({ position: "bottomright", zoomInTitle: "Rapprocher", zoomOutTitle: "Éloigner" }).addTo(map);

  const ground = makeGround(map, section.dataset.mapTiles);
  const markers = makeMarkers(map, CLOSEST, show);
  const cards = linkCards(markers.light);
  const popup = L.popup({ maxWidth: 260, autoPanPadding: [12, 12], closeButton: false });
  let returnTo = null;
  let asked = null;
  let followed = null;

  function show(spot) {
    const content = fillPopup(spot, cards.numberOf, () => closePopup());
    popup.options.maxHeight = Math.min(MOST_PX, map.getSize().y - AROUND_PX);
    popup.setLatLng(spot.position).setContent(content).openOn(map);
    returnTo = spot;
    cards.choose(spot.offers.map((offer) => offer.id));
    content.querySelector("a").focus({ preventScroll: true });
  }

  function closePopup() {
    map.closePopup(popup);
    markers.focus(returnTo);
  }

  map.on("popupclose", () => cards.choose([]));
  section.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (popup.isOpen()) closePopup();
    else leave();
  });

  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());

  // What the list shows now; a list that changes again takes the place of the one being asked for.
  async function follow(list) {
    map.invalidateSize();
    if (list === followed) return;
    asked?.abort();
    asked = new AbortController();
    followed = list;
    try {
      await read(list);
    } catch (error) {
      if (followed === list) followed = null;
      throw error;
    }
  }

  async function read(list) {
    const response = await fetch(list.dataset.mapPoints, { signal: asked.signal });
    if (!response.ok) throw new Error(`${response.status}`);
    const answer = await response.json();
    map.closePopup(popup);
    cards.read(list, new Set(answer.points.map((point) => point.id)));
    ground.show(answer);
    map.fitBounds(boundsOf(answer, cards.numberOf), { ...AT_FIRST, animate: false });
    markers.show(answer.points, cards.numberOf);
    told.textContent = answer.phrases.join(" ");
  }

  return { follow };
}

// The offers of this page of the list and the place searched around; those of other pages may lie beyond.
function boundsOf({ points, centre, rayon_km: radius }, numberOf) {
  const listed = points.filter((point) => numberOf(point.id) !== undefined);
  const places = (listed.length ? listed : points).map((point) => [point.latitude, point.longitude]);
  if (centre === null) return places.length ? L.latLngBounds(places) : WHOLE;
  const middle = [centre.latitude, centre.longitude];
  return places.length ? L.latLngBounds([...places, middle]) : L.latLng(middle).toBounds(radius * 2000);
}
