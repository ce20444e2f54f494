// How a marker looks and what it is called: the hue and the icon of the kind of offer, the number of its card.
const SIZE = [52, 44];

export function buildPin(spot, numberOf) {
  const numbers = [...new Set(spot.offers.map((offer) => numberOf(offer.id)).filter((number) => number !== undefined))];
  const types = new Set(spot.offers.map((offer) => offer.type));
  const type = types.size === 1 ? spot.offers[0].type : "place";
  const written = spot.offers.length > 1 ? `${spot.offers.length}\u00a0offres` : numbers[0];
  const pin = document.createElement("span");
  pin.className = `pin pin-${type}`;
  pin.classList.toggle("pin-approximate", spot.isApproximate);
  pin.append(icon(type));
  if (written !== undefined) pin.append(String(written));
  const anchor = [SIZE[0] / 2, spot.isApproximate ? SIZE[1] / 2 : SIZE[1] - 4];
  return { icon: { className: "map-pin", html: pin, iconSize: SIZE, iconAnchor: anchor }, label: nameOf(spot, numberOf) };
}

export function buildClusterPin(count) {
  const pin = document.createElement("span");
  pin.className = "pin pin-many";
  pin.textContent = String(count);
  return {
    icon: { className: "map-pin", html: pin, iconSize: SIZE },
    label: `${count}\u00a0offres proches les unes des autres : rapprocher`,
  };
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

function nameOf(spot, numberOf) {
  const about = spot.isApproximate ? ", position approximative" : "";
  const told = spot.offers.map((offer) => {
    const number = numberOf(offer.id);
    return `${number === undefined ? "" : `${number}. `}${offer.type_label} : ${offer.titre}`;
  });
  if (told.length === 1) return [told[0], spot.offers[0].faits[0]].filter(Boolean).join(", ") + about;
  const rest = told.length > 3 ? ` ; et ${told.length - 3} de plus` : "";
  return `${told.length}\u00a0offres au même endroit${about} : ${told.slice(0, 3).join(" ; ")}${rest}`;
}
