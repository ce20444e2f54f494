// The form of a search: what was chosen in a list travels in hidden fields, and leaves as soon as the text changes.

export function choosePlace(form, code, label) {
  form.elements.lieu.value = label;
  keep(form, form.elements.lieu, "code_commune", code);
  form.dispatchEvent(new CustomEvent("place", { detail: { code } }));
}

export function enhanceSearch(form) {
  const { q, lieu } = form.elements;
  for (const input of [q, lieu]) input.addEventListener("input", () => forget(form, input));

  // A theme or a job that was chosen says all: the words would only narrow it.
  form.addEventListener("submit", () => {
    q.disabled = form.querySelector(`[data-chosen-for="${q.id}"]`) !== null;
  });
  window.addEventListener("pageshow", () => {
    q.disabled = false;
  });
  form.addEventListener("place", ({ detail }) => refreshAround(detail.code));

  const names = { thematique: "thematiques", metier: "metiers" };
  return {
    chooseWords({ type, valeur, label }) {
      q.value = label;
      keep(form, q, names[type], valeur);
    },
  };
}

// What the home page shows around a place, as the server draws it. Gives the place, null when it is nowhere in France.
export async function refreshAround(code) {
  const old = document.getElementById("autour");
  if (old === null) return;
  const page = await fetchPage(new URLSearchParams({ code_commune: code }));
  const fresh = page?.getElementById("autour");
  if (fresh) old.replaceWith(fresh);
}

export async function fetchPage(query) {
  try {
    const response = await fetch(`/?${query}`, { headers: { Accept: "text/html" } });
    return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  } catch {
    return null;
  }
}

function keep(form, input, name, value) {
  forget(form, input);
  const hidden = document.createElement("input");
  Object.assign(hidden, { type: "hidden", name, value });
  hidden.dataset.chosenFor = input.id;
  form.append(hidden);
}

function forget(form, input) {
  for (const old of form.querySelectorAll(`[data-chosen-for="${input.id}"]`)) old.remove();
}
