// What htmx does not do by itself: says that the server is away, and keeps what was written.
"use strict";
(() => {
  const tell = () => {
    const line = document.createElement("p");
    line.className = "problem";
    line.setAttribute("role", "alert");
    line.textContent = document.body.dataset.offline;
    document.getElementById("notice").replaceChildren(line);
  };
  // A page that refreshes itself tries again soon; only what somebody did is worth a sentence.
  const isTheirs = (event) => event.detail.requestConfig.verb !== "get";
  document.addEventListener("htmx:sendError", (event) => isTheirs(event) && tell());
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500 && event.detail.xhr.status !== 503 && isTheirs(event)) tell();
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isTheirs(event)) document.getElementById("notice").replaceChildren();
  });
})();
