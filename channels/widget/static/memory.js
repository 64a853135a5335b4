// What the tab remembers until it is closed: the token, the conversation and what has not gone yet.
// For longer only the size of the letters is kept.

const STORE = "odop-widget-1";
const SIZE = "odop-widget-size";
const KEPT_ITEMS = 60;
const script = document.currentScript;
const base = new URL(script.src).origin;

let memory = recall();

function pageLanguage() {
  const given = script.getAttribute("data-lang") || document.documentElement.lang || "hi";
  if (/^hi-latn/i.test(given)) return "hi-Latn";
  return /^en/i.test(given) ? "en" : "hi";
}

function recall() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE));
    if (kept && Array.isArray(kept.items) && LANGUAGES.indexOf(kept.lang) >= 0) return kept;
  } catch (error) { /* storage is closed or spoiled: begin anew */ }
  return fresh(pageLanguage());
}

// person: "waiting", "taken" or null; last: the id of the last message of a person; open: the panel is.
function fresh(lang) {
  return { items: [], token: null, person: null, place: null, last: 0, open: false, chosen: false, lang };
}

function keep() {
  // What has not gone yet is never dropped.
  const extra = memory.items.length - KEPT_ITEMS;
  memory.items = memory.items.filter((item, index) => index >= extra || item.state === "waiting");
  try { sessionStorage.setItem(STORE, JSON.stringify(memory)); } catch (error) { /* it works without */ }
}

function remember(item) {
  memory.items.push(item);
  keep();
  return item;
}

function textSize(chosen) {
  try {
    if (chosen) localStorage.setItem(SIZE, chosen);
    return chosen || localStorage.getItem(SIZE) || "1";
  } catch (error) {
    return chosen || "1";
  }
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join("");
}
