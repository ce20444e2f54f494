// « Ma liste », kept on the device; sharing and printing. Without this script its buttons are not shown.
const KEY = "maillage.liste";
const MOST = 50;
const SHOWN_MS = 8000;
let hiding;

function readKept() {
  const ids = JSON.parse(localStorage.getItem(KEY) ?? "[]");
  return Array.isArray(ids) ? ids.filter((id) => typeof id === "string").slice(0, MOST) : [];
}

function kept() {
  try {
    return readKept();
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function addressOf(ids) {
  return ids.length ? `/ma-liste?${new URLSearchParams(ids.map((id) => ["ids", id]))}` : "/ma-liste";
}

function write(ids) {
  localStorage.setItem(KEY, JSON.stringify(ids));
  show();
}

// Puts every button, the link of the header and the page of the list in step with what is kept.
function show() {
  const ids = kept();
  for (const button of document.querySelectorAll("[data-keep]")) {
    button.classList.toggle("is-kept", ids.includes(button.dataset.keep));
  }
  for (const link of document.querySelectorAll("[data-kept-link]")) {
    link.href = addressOf(ids);
    link.querySelector("[data-kept-count]").textContent = ids.length ? ` (${ids.length})` : "";
  }
  for (const button of document.querySelectorAll("[data-keep-all]")) {
    button.hidden = listed().every((id) => ids.includes(id));
  }
}

function listed() {
  return [...document.querySelectorAll("[data-listed]")].map((item) => item.dataset.listed);
}

function toggle(id) {
  const ids = kept();
  if (ids.includes(id)) {
    write(ids.filter((other) => other !== id));
    say("Retirée de votre liste.");
  } else if (ids.length >= MOST) {
    say(`Votre liste est pleine : ${MOST} offres. Retirez-en une d’abord.`);
  } else {
    write([...ids, id]);
    say("Gardée dans votre liste.");
  }
}

function keepAll() {
  write([...new Set([...kept(), ...listed()])].slice(0, MOST));
  say("Ces offres sont gardées sur cet appareil.");
}

function drop(gone) {
  write(kept().filter((id) => !gone.includes(id)));
}

async function share(button) {
  const { share: url, title } = button.dataset;
  if (navigator.share) {
    await navigator.share({ title, url }).catch(() => {});
    return;
  }
  const done = await navigator.clipboard?.writeText(url).then(() => true, () => false);
  say(done ? "Adresse copiée : collez-la dans un message." : `L’adresse de cette page : ${url}`);
}

// Shown at the foot of the screen for a while, and read aloud.
function say(words) {
  const status = document.querySelector("[data-status]");
  status.textContent = "";
  requestAnimationFrame(() => (status.textContent = words));
  clearTimeout(hiding);
  hiding = setTimeout(() => (status.textContent = ""), SHOWN_MS);
}

function onClick(event) {
  const target = event.target.closest("[data-keep], [data-keep-all], [data-drop], [data-share], [data-print]");
  if (!target) return;
  const { keep, drop: gone } = target.dataset;
  if (keep !== undefined) toggle(keep);
  else if (gone !== undefined) drop(JSON.parse(gone));
  else if (target.dataset.share !== undefined) share(target);
  else if (target.dataset.print !== undefined) window.print();
  else keepAll();
}

function start() {
  const ids = kept();
  const asked = new URLSearchParams(location.search).has("ids");
  if (location.pathname === "/ma-liste" && !asked && ids.length) {
    location.replace(addressOf(ids));
    return;
  }
  document.documentElement.classList.add("with-list");
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:load", show);
  window.addEventListener("storage", show);
  window.addEventListener("pageshow", show);
  show();
}

try {
  start();
} catch {
  // The browser refuses to keep anything for this site: the pages stay as they are without the list.
}
