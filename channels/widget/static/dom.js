// Making elements. Whatever was written by people, here or there, is set as text and never as markup.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  ask: "M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H9l-5 5v-5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z",
  call: "M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.2 11 11 0 0 0 3.6.6 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1 11 11 0 0 0 .6 3.6 1 1 0 0 1-.3 1z",
  close: "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z",
  menu: "M4 6h16v2.2H4zm0 5h16v2.2H4zm0 5h16v2.2H4z",
  mic: "M12 15a3.5 3.5 0 0 0 3.5-3.5v-6a3.5 3.5 0 0 0-7 0v6A3.5 3.5 0 0 0 12 15zm6-3.5a6 6 0 0 1-12 0H4a8 8 0 0 0 7 7.9V22h2v-2.6a8 8 0 0 0 7-7.9z",
  person: "M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zm0 2c-4 0-8 2-8 5v2h16v-2c0-3-4-5-8-5z",
  send: "M3 20.5 21.5 12 3 3.5V10l12 2-12 2z",
};
const LANGUAGES = ["hi", "hi-Latn", "en"];
const NAMES = { hi: "हिन्दी", "hi-Latn": "Hinglish", en: "English" };

// make("p", {class: "x", onclick: call}, "text", element, null)
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  Object.keys(attributes || {}).forEach((key) => {
    const value = attributes[key];
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  });
  children.forEach((child) => child && element.appendChild(child.nodeType ? child : document.createTextNode(child)));
  return element;
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.appendChild(path);
  return svg;
}

function clear(element) {
  while (element.firstChild) element.removeChild(element.firstChild);
}

// The widget's own words, in the language it speaks now.
function word(key, gaps) {
  let text = WORDS[key][memory.lang];
  Object.keys(gaps || {}).forEach((gap) => { text = text.replace("{" + gap + "}", gaps[gap]); });
  return text;
}

// Of what somebody typed: by its letters; Latin ones are Hinglish unless the page is English.
function languageOf(text) {
  if (/[\u0900-\u097f]/.test(text)) return "hi";
  return memory.lang === "en" ? "en" : "hi-Latn";
}

function callLink(classes) {
  return make("a", { class: classes, href: "tel:18001800888" }, icon("call"),
    make("span", {}, word("call") + " ", make("span", { class: "phone" }, "1800-1800-888")));
}
