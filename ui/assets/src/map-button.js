// The map is drawn on demand: nothing of it is fetched before someone asks for it, and it stays open in this tab.
const REMEMBERED = "maillage.carte";
const ARRIVING = "La carte arrive…";
const FAILED = "La carte ne répond pas. Rien ne manque dans la liste.";

export function enhanceMap(section) {
  const results = section.closest(".results");
  const title = section.querySelector("h2");
  const told = section.querySelector("[data-map-told]");
  const button = () => document.querySelector("[data-map-open]");
  let map = null;

  function showButton() {
    const opener = button();
    if (!opener) return;
    opener.hidden = false;
    opener.setAttribute("aria-expanded", String(!section.hidden));
    sayOn(opener, section.hidden ? "Voir la carte" : "Fermer la carte");
  }

  function toggle(open) {
    section.hidden = !open;
    results.classList.toggle("has-map", open);
    document.documentElement.classList.toggle("has-map-below", open);
    remember(open);
    showButton();
  }

  async function draw() {
    try {
      const { drawMap } = await import("./map/map.js");
      map ??= drawMap(section, close);
      if (!section.hidden) await map.follow(document.getElementById("liste"));
    } catch (error) {
      if (error.name === "AbortError") return; // another search took its place
      told.textContent = FAILED;
      console.warn(error);
    }
  }

  async function open({ goThere }) {
    if (!map) told.textContent = ARRIVING;
    sayOn(button(), ARRIVING);
    await loadStyle(section.dataset.mapStyle);
    toggle(true);
    if (goThere) {
      title.focus({ preventScroll: true });
      bringBeside(section);
    }
    await draw();
  }

  function close() {
    toggle(false);
    (button() ?? document.getElementById("resultats")).focus();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-map-close]")) close();
    if (!event.target.closest("[data-map-open]")) return;
    if (section.hidden) open({ goThere: true });
    else close();
  });

  // On a wide screen the map takes the height that the search leaves as it scrolls away.
  new IntersectionObserver(([seen]) => section.classList.toggle("is-tall", !seen.isIntersecting)).observe(
    document.querySelector("[data-search]"),
  );

  showButton();
  if (button() && isRemembered()) open({ goThere: false });

  return {
    follow() {
      showButton();
      if (!section.hidden) draw();
    },
  };
}

// In its column the map is in view; under the list it holds the lower half of the screen, and the list the upper one.
function bringBeside(section) {
  if (matchMedia("(min-width: 64rem)").matches) return;
  const isBelow = getComputedStyle(section).position === "sticky";
  (isBelow ? document.getElementById("liste") : section).scrollIntoView({ block: "start" });
}

function sayOn(button, text) {
  button.querySelector("[data-map-label]").textContent = text;
}

// A map whose style does not come is still a list of links.
function loadStyle(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((resolve) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve, onerror: resolve });
    document.head.append(link);
  });
}

// A browser that keeps nothing forgets it, and that is all.
function remember(open) {
  try {
    if (open) sessionStorage.setItem(REMEMBERED, "ouverte");
    else sessionStorage.removeItem(REMEMBERED);
  } catch (error) {
    console.debug(error);
  }
}

function isRemembered() {
  try {
    return sessionStorage.getItem(REMEMBERED) !== null;
  } catch {
    return false;
  }
}
