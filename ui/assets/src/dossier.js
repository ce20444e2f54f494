// The questionnaire saves itself as one types, keys state the needs, and texts are read. Without it the page is a form.
import { enhanceCombobox } from "./combobox.js";

const SAVE_MS = 800;
const READ_MS = 900;
const RETRY_MS = 5000;
const STATES = { b: "besoin", f: "point-fort", p: "" };
const TEXTS = ["note", "envies", "contraintes"];

const form = document.querySelector("form[data-dossier]");
const status = form.querySelector("[data-saved]");
let saving = 0;
let reading = 0;
let busy = false;
let changed = false;

form.addEventListener("input", (event) => {
  if (event.target.name === "lieu") form.elements.code_commune.value = "";
  changed = true;
  later();
  if (TEXTS.includes(event.target.name)) readLater();
});
form.addEventListener("keydown", state);
document.addEventListener("click", add);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && changed) save({ leaving: true });
});

for (const input of form.querySelectorAll("input[data-suggest]")) {
  enhanceCombobox(input, ({ valeur, label }) => {
    input.value = label;
    if (input.name === "lieu") form.elements.code_commune.value = valeur;
    changed = true;
    later();
  });
}

function later() {
  clearTimeout(saving);
  saving = setTimeout(save, SAVE_MS);
}

async function save({ leaving = false } = {}) {
  clearTimeout(saving);
  if (busy) return later();
  busy = true;
  changed = false;
  const sent = new URLSearchParams(new FormData(form));
  try {
    const response = await post(form.action, sent, leaving);
    if (response.status === 401) {
      say("Votre session a pris fin. Appuyez sur « Enregistrer » : rien n’est perdu.");
    } else if (response.status === 200 || response.status === 422) {
      take(await response.json(), sent);
    } else {
      say("Pas enregistré. Appuyez sur « Enregistrer ».");
    }
  } catch {
    changed = true;
    say("Pas de connexion. Nous réessayons.");
    saving = setTimeout(save, RETRY_MS);
  }
  busy = false;
}

// A request that outlives its page may hold 64 kB at most: longer forms were saved while they were typed.
function post(address, body, keepalive = false) {
  return fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, keepalive });
}

function take(told, sent) {
  form.elements.version.value = told.version;
  for (const [field, value] of Object.entries(told.champs)) write(field, value, sent, told);
  for (const clash of told.conflits) showClash(clash, sent);
  showErrors(told.erreurs);
  say(Object.keys(told.erreurs).length ? "Enregistré, sauf ce qui est à corriger." : `Enregistré à ${now()}.`);
}

// What others wrote comes into the page, unless something else was typed there meanwhile.
function write(field, value, sent, { lieu = "" } = {}) {
  if (valueOf(field) !== (sent.get(field) ?? "").trim()) return;
  set(field, value);
  if (field === "code_commune") form.elements.lieu.value = value ? lieu : "";
}

function valueOf(field) {
  const control = form.elements[field];
  if (control.type === "checkbox") return control.checked ? control.value : "";
  return control.value.trim();
}

function set(field, value) {
  const control = form.elements[field];
  if (control.type === "checkbox") control.checked = value !== "";
  else control.value = value;
}

function showClash(clash, sent) {
  const place = document.querySelector("[data-clashes]");
  const notice = document.createElement("div");
  notice.className = "notice notice-warn";
  notice.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = `${clash.label} : ${clash.qui} a écrit « ${clash.leur} » en même temps que vous. Vous aviez écrit « ${clash.mien} ».`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-plain";
  button.textContent = "Remettre le mien";
  button.addEventListener("click", () => {
    set(clash.champ, clash.valeur_mien);
    notice.remove();
    save();
  });
  text.append(" ", button);
  notice.append(text);
  place.append(notice);
  write(clash.champ, clash.valeur_leur, sent);
  notice.scrollIntoView({ block: "nearest" });
}

function showErrors(errors) {
  for (const old of form.querySelectorAll("[data-wrong]")) old.remove();
  for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  askToKeep(errors.nom !== undefined);
  for (const [field, message] of Object.entries(errors)) {
    const control = document.getElementById(field);
    if (!control) continue;
    const told = document.createElement("p");
    told.className = "field-error";
    told.dataset.wrong = "";
    told.textContent = message;
    control.setAttribute("aria-invalid", "true");
    (control.closest(".combobox") ?? control).before(told);
  }
}

// A whole name where initials were asked: the box keeps the very name that was noticed.
function askToKeep(asked) {
  const place = document.querySelector("[data-keep-name]");
  const box = place.querySelector("input");
  place.hidden = !asked;
  if (asked) box.value = form.elements.nom.value;
  else box.checked = false;
}

function readLater() {
  clearTimeout(reading);
  reading = setTimeout(read, READ_MS);
}

async function read() {
  try {
    const response = await post(form.dataset.reading, new URLSearchParams(new FormData(form)));
    if (response.ok) showSaid(await response.json());
  } catch {
    // Out of reach: the texts are kept all the same, and the plan reads them.
  }
}

function showSaid({ besoins, metiers, age }) {
  const items = besoins.map(({ champ, label, mots }) => buildSaid(champ, "besoin", label, `« ${mots} »`));
  const free = ["metier1", "metier2", "metier3"].filter((field) => !form.elements[field].value);
  const known = ["metier1", "metier2", "metier3"].map((field) => form.elements[field].value);
  const fresh = metiers.filter((label) => !known.includes(label)).slice(0, free.length);
  items.push(...fresh.map((label, row) => buildSaid(free[row], label, label, "métier visé")));
  if (age) items.push(buildSaid("age", age, `${age} ans`, "âge"));
  const box = form.querySelector("[data-said]");
  box.hidden = items.length === 0;
  box.querySelector("[data-said-list]").replaceChildren(...items);
}

function buildSaid(field, value, label, detail) {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: `#${field}`, textContent: label });
  Object.assign(link.dataset, { add: field, value });
  const words = Object.assign(document.createElement("span"), { className: "soft", textContent: detail });
  item.append(link, " ", words);
  return item;
}

function add(event) {
  const link = event.target.closest("[data-add]");
  if (!link) return;
  event.preventDefault();
  set(link.dataset.add, link.dataset.value ?? "besoin");
  document.getElementById(`${link.dataset.add}-1`)?.closest(".need-more")?.setAttribute("open", "");
  const list = link.closest("ul");
  link.closest("li").remove();
  if (!list.children.length) list.closest("[data-said]").hidden = true;
  save();
}

// One key states a need and goes to the next.
function state(event) {
  const row = event.target.closest?.("[data-need]");
  const value = STATES[event.key.toLowerCase()];
  if (!row || value === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  form.elements[row.dataset.need].value = value;
  changed = true;
  later();
  const rows = [...form.querySelectorAll("[data-need]")].filter((other) => other.checkVisibility());
  rows[rows.indexOf(row) + 1]?.querySelector("input:checked")?.focus();
}

function say(text) {
  status.textContent = text;
}

function now() {
  const date = new Date();
  return `${date.getHours()} h ${String(date.getMinutes()).padStart(2, "0")}`;
}
