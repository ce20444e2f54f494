// Offers as markers: those of one address are one, those that would overlap are counted together.
import * as L from "leaflet/dist/leaflet-src.esm.js";
import Supercluster from "supercluster";
import { buildClusterPin, buildPin } from "./pins.js";
import { groupSpots } from "./spots.js";

const WORLD = [-180, -85, 180, 85];
const TOGETHER_PX = 54;

export function makeMarkers(map, closest, choose) {
  const layer = L.layerGroup().addTo(map);
  const index = new Supercluster({
    radius: TOGETHER_PX,
    extent: 256, // the side of a tile here
    maxZoom: closest - 1,
    map: ({ spot }) => ({ offers: spot.offers.length }),
    reduce: (sum, { offers }) => {
      sum.offers += offers;
    },
  }).load([]);
  let numberOf = () => undefined;
  let drawn = [];
  let focusNext = null;

  // Markers in the order of the list, then the rest: that is the order of the Tab key.
  function draw() {
    const focused = layer.getLayers().some((marker) => marker.getElement() === document.activeElement);
    layer.clearLayers();
    const found = index.getClusters(WORLD, Math.floor(map.getZoom())).map(markerOf);
    drawn = found.sort((a, b) => a.rank - b.rank);
    for (const { marker, label } of drawn) {
      marker.addTo(layer);
      marker.getElement().setAttribute("aria-label", label);
    }
    if (focused && focusNext) focus(focusNext);
    focusNext = null;
  }

  function markerOf(feature) {
    const [longitude, latitude] = feature.geometry.coordinates;
    const { cluster, spot } = feature.properties;
    const spots = cluster ? index.getLeaves(feature.properties.cluster_id, Infinity).map((leaf) => leaf.properties.spot) : [spot];
    const pin = cluster ? buildClusterPin(feature.properties.offers) : buildPin(spot, numberOf);
    const marker = L.marker([latitude, longitude], { icon: L.divIcon(pin.icon), riseOnHover: true, autoPanOnFocus: true });
    const answer = () => (cluster ? approach(feature, spots[0]) : choose(spot));
    marker.on("click", answer);
    marker.on("keydown", ({ originalEvent: event }) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      answer();
    });
    return { marker, spots, label: pin.label, rank: Math.min(...spots.map((one) => one.rank)) };
  }

  function approach(feature, spot) {
    const [longitude, latitude] = feature.geometry.coordinates;
    focusNext = spot;
    map.setView([latitude, longitude], Math.min(index.getClusterExpansionZoom(feature.properties.cluster_id), closest));
  }

  function holding(test) {
    return drawn.filter(({ spots }) => spots.some(test));
  }

  function focus(spot) {
    holding((one) => one === spot)[0]?.marker.getElement()?.focus({ preventScroll: true });
  }

  map.on("zoomend", draw);

  return {
    focus,
    show(points, numbers) {
      numberOf = numbers;
      index.load(groupSpots(points).map(featureOf));
      draw();
    },
    // Marks where these offers are, and nothing else.
    light(ids) {
      for (const { marker, spots } of drawn) {
        const isLit = spots.some((spot) => spot.offers.some((offer) => ids.includes(offer.id)));
        marker.getElement()?.classList.toggle("is-lit", isLit);
        marker.setZIndexOffset(isLit ? 1000 : 0);
      }
    },
  };
}

function featureOf(spot) {
  return { type: "Feature", properties: { spot }, geometry: { type: "Point", coordinates: [spot.position.lng, spot.position.lat] } };
}
