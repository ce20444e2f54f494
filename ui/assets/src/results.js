// Filters that answer as they are ticked: the list, the count and the address follow, and « back » goes back.
import { makeLive } from "./live.js";
import { enhanceMap } from "./map-button.js";
import { enhancePanel } from "./panel.js";

const form = document.getElementById("filtres");
const panel = enhancePanel(form);
makeLive(form);
const mapSection = document.querySelector("[data-map]");
const map = mapSection && enhanceMap(mapSection);
let unfolded = [];
let scrolled = 0;

showCount();

document.body.addEventListener("htmx:beforeSwap", () => {
  unfolded = [...form.querySelectorAll("details[open]")].map((fold) => fold.dataset.fold);
  scrolled = form.scrollTop;
});

document.body.addEventListener("htmx:afterSettle", () => {
  for (const fold of form.querySelectorAll("details")) fold.open ||= unfolded.includes(fold.dataset.fold);
  form.scrollTop = scrolled;
  showCount();
  map?.follow();
  document.getElementById("annonce").textContent = document.getElementById("resultats").textContent;
});

// With a panel over the page, its button only closes it: the list is already there.
form.addEventListener("htmx:confirm", (event) => {
  if (event.detail.triggeringEvent?.type === "submit" && panel.isOpen()) {
    event.preventDefault();
    panel.close("resultats");
  }
});

function showCount() {
  const button = form.querySelector("[data-live-label]");
  button.textContent = button.dataset.liveLabel;
}
