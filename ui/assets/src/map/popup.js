// What a marker says: the offers of its place, each with one link.
import { icon } from "./pins.js";

const APPROXIMATE = "Position approximative : nous n’avons pas l’adresse exacte.";

export function fillPopup(spot, numberOf, close) {
  const content = document.createElement("div");
  content.append(closeButton(close), list(spot.offers, numberOf));
  if (spot.isApproximate) content.append(line("p", "map-note", APPROXIMATE));
  return content;
}

function list(offers, numberOf) {
  const items = line("ul", "map-offers");
  for (const offer of offers) {
    const item = document.createElement("li");
    const kind = line("span", `kind kind-${offer.type}`);
    kind.append(icon(offer.type), offer.type_label);
    const link = line("a", "map-offer-link", offer.titre);
    link.href = offer.url;
    const number = numberOf(offer.id);
    const facts = [number === undefined ? "" : `N°\u00a0${number} de la liste`, ...offer.faits].filter(Boolean);
    item.append(kind, link, line("p", "map-note", [offer.lieu, ...facts].filter(Boolean).join(" · ")));
    items.append(item);
  }
  return items;
}

function closeButton(close) {
  const button = line("button", "map-popup-close");
  button.type = "button";
  button.setAttribute("aria-label", "Fermer cette fiche");
  button.append(icon("close"));
  button.addEventListener("click", close);
  return button;
}

function line(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
