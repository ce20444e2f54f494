// What makes the filters live is 17 kB: it comes when a hand or the focus reaches them, and never for who only reads.

// No code is made from text, no style is written, and no page with a person's words is kept in the browser.
const CONFIG = {
  allowEval: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
};

export function makeLive(form) {
  let coming = false;
  let ready = false;
  let missed = false;
  form.classList.add("is-live");

  async function load() {
    if (coming) return;
    coming = true;
    try {
      await pageLoaded(); // between « DOM ready » and this, htmx waits for an event that is past
      configure();
      const { default: htmx } = await import("htmx.org");
      ready = true;
      if (missed) htmx.trigger(form, "change");
    } catch (error) {
      form.classList.remove("is-live");
      coming = false; // the next touch tries again; meanwhile the button sends the form
      console.warn(error);
    }
  }

  for (const reach of ["pointerover", "focusin", "change"]) form.addEventListener(reach, load);
  form.addEventListener("change", () => {
    missed = !ready;
  });
  // « Back » to an address that filters wrote before this page was reloaded: htmx would reload it too.
  addEventListener("popstate", (event) => {
    if (!ready && event.state?.htmx) location.reload();
  });
}

function configure() {
  if (document.querySelector('meta[name="htmx-config"]')) return;
  const content = JSON.stringify(CONFIG);
  document.head.append(Object.assign(document.createElement("meta"), { name: "htmx-config", content }));
}

function pageLoaded() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => addEventListener("load", resolve, { once: true }));
}
