// « Autour de moi »: the position is asked on demand, rounded to a hundred metres, and only its commune is kept.
import { choosePlace, fetchPage } from "./search.js";

const REFUSED = "Votre téléphone ne donne pas votre position. Écrivez votre commune : cela marche aussi bien.";
const FAILED = "Nous ne trouvons pas votre position. Écrivez votre commune ou son code postal.";
const SETTINGS = { timeout: 10_000, maximumAge: 600_000 };

export function enhanceHere(form) {
  const button = form.querySelector("[data-here]");
  if (!("geolocation" in navigator) || !window.isSecureContext) return button?.remove();
  if (!button) return;
  const status = form.querySelector("[data-here-status]");
  button.hidden = false;

  function tell(text) {
    status.textContent = text;
    button.disabled = false;
  }

  async function found({ coords }) {
    const page = await fetchPage(new URLSearchParams({ lat: coords.latitude.toFixed(3), lon: coords.longitude.toFixed(3) }));
    if (page === null) return tell(FAILED);
    const { code, lieu } = page.getElementById("autour").dataset;
    if (!code) return tell(page.querySelector("[data-notice]")?.textContent.trim() ?? FAILED);
    choosePlace(form, code, lieu);
    tell(`Vous êtes à ${lieu}.`);
    (form.elements.q.value ? form.querySelector("[type=submit]") : form.elements.q).focus();
  }

  button.addEventListener("click", () => {
    button.disabled = true;
    status.textContent = "Nous cherchons où vous êtes…";
    navigator.geolocation.getCurrentPosition(found, (error) => tell(error.code === 1 ? REFUSED : FAILED), SETTINGS);
  });
}
