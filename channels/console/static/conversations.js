// A reply that was sent leaves the field; a suggestion comes into it, to be read before it is sent.
"use strict";
(() => {
  const field = () => document.getElementById("reply");
  document.addEventListener("replied", () => {
    if (field()) field().value = "";
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button || !field()) return;
    const before = field().value.trimEnd();
    field().value = (before ? before + "\n" : "") + button.dataset.insert;
    field().focus();
  });
})();
