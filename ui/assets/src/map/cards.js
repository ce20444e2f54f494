// The list beside the map: its cards bear the number of their marker, and each shows where the other is.
export function linkCards(light) {
  const list = () => document.getElementById("liste");
  const cardsOf = (ids) => [...list().querySelectorAll(".card")].filter((card) => idsOf(card).some((id) => ids.includes(id)));
  let numbers = new Map();
  let chosen = [];

  for (const type of ["pointerover", "focusin", "pointerout", "focusout"]) {
    document.addEventListener(type, (event) => {
      const card = event.target.closest?.("#liste .card");
      if (card) light(type === "pointerover" || type === "focusin" ? idsOf(card) : chosen);
    });
  }

  function read(page, located) {
    numbers = new Map();
    for (const old of page.querySelectorAll(".card-pin")) old.remove();
    let number = 0;
    for (const card of page.querySelectorAll(".cards > li > .card")) {
      const ids = idsOf(card);
      if (!ids.some((id) => located.has(id))) continue;
      number += 1;
      for (const id of ids) numbers.set(id, number);
      card.prepend(badge(number, card));
    }
  }

  function choose(ids) {
    chosen = ids;
    for (const card of list().querySelectorAll(".card.is-lit")) card.classList.remove("is-lit");
    const cards = cardsOf(ids);
    for (const card of cards) card.classList.add("is-lit");
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    cards[0]?.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
    light(ids);
  }

  return { read, choose, numberOf: (id) => numbers.get(id) };
}

function idsOf(card) {
  return [card, ...card.querySelectorAll("[data-offer]")].map((part) => part.dataset.offer);
}

// For eyes only: ears hear the number in the name of the marker, beside the title of the offer.
function badge(number, card) {
  const pin = document.createElement("span");
  const kind = [...card.querySelector(".kind").classList].find((name) => name.startsWith("kind-"));
  pin.className = `card-pin ${kind}`;
  pin.setAttribute("aria-hidden", "true");
  pin.textContent = String(number);
  return pin;
}
