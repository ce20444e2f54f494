// On a phone the filters are a panel over the page: what is behind is out of reach until it closes.

export function enhancePanel(form) {
  const opener = () => document.querySelector(".filters-open");
  const behind = () => document.querySelectorAll("body > :not(main):not(svg), main > :not(.results), .results > :not(#filtres)");

  const isOpen = () => form.classList.contains("is-open");

  function toggle(open) {
    form.classList.toggle("is-open", open);
    document.documentElement.classList.toggle("has-panel", open);
    for (const part of behind()) part.inert = open;
  }

  function close(landing) {
    toggle(false);
    const target = landing ? document.getElementById(landing) : opener();
    if (landing) target.tabIndex = -1;
    target.focus();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest(".filters-open")) {
      event.preventDefault();
      toggle(true);
      form.querySelector(".filters-close").focus();
    } else if (event.target.closest(".filters-close") && isOpen()) {
      event.preventDefault();
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) close();
  });
  matchMedia("(min-width: 64rem)").addEventListener("change", () => toggle(false));

  return { isOpen, close };
}
