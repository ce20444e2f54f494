// A field that suggests as one types, after the combobox pattern of ARIA 1.2: focus stays in the field, arrows walk the
// list, Enter chooses, Escape closes. Without an answer from the server it is a plain field.
const WAIT_MS = 120;
const LEAST = 2;
const SHOWN = 6;
let count = 0;

export function enhanceCombobox(input, choose) {
  const list = buildList(input, `suggestions-${(count += 1)}`);
  const status = buildStatus(list);
  let options = [];
  let active = -1;
  let timer = 0;
  let running = null;

  const isOpen = () => !list.hidden;

  function close() {
    clearTimeout(timer);
    running?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    walk(-1);
  }

  function walk(to) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = to;
    const option = list.children[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function show(found) {
    options = found;
    list.replaceChildren(...found.map((option, row) => buildOption(option, `${list.id}-${row}`)));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(isOpen()));
    walk(-1);
    status.textContent = say(found.length);
  }

  async function ask() {
    running?.abort();
    const typed = input.value.trim();
    if (typed.length < LEAST) return close();
    running = new AbortController();
    try {
      const found = await fetchSuggestions(input, typed, running.signal);
      if (document.activeElement === input) show(found);
    } catch {
      // A request that was overtaken, or a server out of reach: the field stays a plain one.
    }
  }

  function pick(row) {
    const option = options[row];
    close();
    status.textContent = `${option.label}, choisi.`;
    choose(option);
  }

  const keys = {
    ArrowDown: (event) => {
      event.preventDefault();
      if (!isOpen()) return ask();
      walk(event.altKey ? active : (active + 1) % options.length);
    },
    ArrowUp: (event) => {
      event.preventDefault();
      if (event.altKey) return close();
      if (isOpen()) walk((active <= 0 ? options.length : active) - 1);
    },
    Enter: (event) => {
      if (!isOpen() || active < 0) return close();
      event.preventDefault();
      pick(active);
    },
    Escape: (event) => {
      if (!isOpen()) return;
      event.preventDefault();
      close();
    },
  };

  input.addEventListener("keydown", (event) => keys[event.key]?.(event));
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) pick([...list.children].indexOf(option));
  });
}

async function fetchSuggestions(input, typed, signal) {
  const query = new URLSearchParams([["q", typed], ["size", SHOWN]]);
  for (const type of input.dataset.suggest.split(" ")) query.append("types", type);
  const response = await fetch(`${input.dataset.suggestUrl}?${query}`, { signal });
  return response.ok ? (await response.json()).items : [];
}

function buildList(input, id) {
  const list = document.createElement("ul");
  Object.assign(list, { id, className: "suggestions", hidden: true, role: "listbox" });
  list.setAttribute("aria-label", "Suggestions");
  const box = document.createElement("div");
  box.className = "combobox";
  input.replaceWith(box);
  box.append(input, list);
  for (const [key, value] of Object.entries({ expanded: "false", autocomplete: "list", controls: id })) {
    input.setAttribute(`aria-${key}`, value);
  }
  input.setAttribute("role", "combobox");
  input.autocomplete = "off";
  return list;
}

function buildStatus(list) {
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  list.after(status);
  return status;
}

function buildOption({ label, precision }, id) {
  const option = document.createElement("li");
  option.id = id;
  option.className = "suggestion";
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.append(label);
  if (precision) {
    const detail = document.createElement("span");
    detail.className = "soft";
    detail.textContent = precision;
    option.append(" ", detail);
  }
  return option;
}

function say(number) {
  if (number === 0) return "Pas de suggestion. Vous pouvez chercher avec vos mots.";
  return number === 1 ? "1 suggestion. Flèche bas pour la choisir." : `${number} suggestions. Flèches pour choisir.`;
}
