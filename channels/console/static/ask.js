// The arrow keys walk through the questions that fit while the box keeps the focus; texts are copied.
"use strict";
(() => {
  const box = document.getElementById("question");
  const options = () => [...document.querySelectorAll("#options [role=option]")];
  let walked = false; // until then Enter means the text, not an option
  let opened = null; // the text whose option was opened: no late search may take the answer away

  const selected = () => options().find((option) => option.getAttribute("aria-selected") === "true");
  const mark = (chosen) => {
    options().forEach((option) => option.setAttribute("aria-selected", String(option === chosen)));
    box.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  };
  const walk = (step) => {
    const all = options();
    if (!all.length) return;
    const now = all.indexOf(selected());
    walked = true;
    mark(all[(now + step + all.length) % all.length]);
  };
  const open = () => {
    if (walked && selected()) selected().click();
    else htmx.trigger(box, "input");
  };

  if (box) {
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const does = { ArrowDown: () => walk(1), ArrowUp: () => walk(-1), Enter: open }[event.key];
      if (!does) return;
      event.preventDefault();
      does();
    });
    document.addEventListener("pointerdown", (event) => {
      if (event.target.closest("#options")) event.preventDefault(); // the focus stays in the box
    });
    document.addEventListener("click", (event) => {
      const option = event.target.closest("#options [role=option]");
      if (!option) return;
      opened = box.value;
      mark(option);
    });
    box.addEventListener("htmx:beforeRequest", (event) => {
      if (box.value === opened) event.preventDefault();
      else opened = null;
    });
    let kept = null;
    document.addEventListener("htmx:beforeSwap", (event) => {
      if (event.target.id === "found") kept = walked && selected() ? selected().value : null;
    });
    document.addEventListener("htmx:afterSwap", (event) => {
      if (event.target.id !== "found") return;
      const same = kept && options().find((option) => option.value === kept); // a late answer to what was typed before
      walked = Boolean(same);
      box.removeAttribute("aria-activedescendant");
      if (same) mark(same);
      box.setAttribute("aria-expanded", String(options().length > 0));
    });
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copies]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copies).textContent;
    const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
    const note = button.parentElement.querySelector(".copy-note");
    note.textContent = done ? note.dataset.done : note.dataset.failed;
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.submit();
  });
})();
