// A reply that was sent leaves the field; a suggestion comes into it, to be read before it is sent.
"use strict";
(() => {
  const field = () => document.getElementById("reply");
  document.addEventListener("replied", () => {
    if (field()) field().value = "";
  });
  // Where a colleague takes over, the field goes: what stood in it is not lost, but becomes the draft of a note.
  let unsent = "";
  document.addEventListener("htmx:oobBeforeSwap", () => (unsent = field() ? field().value.trim() : ""));
  document.addEventListener("htmx:oobAfterSwap", () => {
    const note = document.getElementById("note");
    if (!unsent || !note) return;
    if (field()) field().value = unsent;
    else if (!note.value) note.value = unsent;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button || !field()) return;
    const before = field().value.trimEnd();
    field().value = (before ? before + "\n" : "") + button.dataset.insert;
    field().focus();
  });
})();
