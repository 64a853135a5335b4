// What is needed now and then: language, size of the letters, save, print, begin anew.

function choices(legend, name, options, chosen, choose) {
  const box = make("fieldset", {}, make("legend", {}, legend));
  options.forEach((option) => {
    const radio = make("input", { type: "radio", name, value: option.value, onchange: () => choose(option.value) });
    radio.checked = option.value === chosen;
    box.appendChild(make("label", { lang: option.lang }, radio, make("span", {}, option.title)));
  });
  return box;
}

// acts: language(lang), size(number), fresh()
function drawMenu(acts) {
  const act = (key, call) => make("button", { type: "button", class: "chip", onclick: call }, word(key));
  const languages = LANGUAGES.map((lang) => ({ value: lang, title: NAMES[lang], lang }));
  const sizes = ["1", "2", "3"].map((size) => ({ value: size, title: word("size_" + size) }));
  return make("div", { class: "menu", id: "menu", role: "group", "aria-label": word("options"), hidden: "" },
    choices(word("language"), "language", languages, memory.lang, acts.language),
    choices(word("size"), "size", sizes, textSize(), acts.size),
    make("div", { class: "chips" }, act("save", saveTranscript), act("print", printTranscript), act("fresh", acts.fresh)));
}
