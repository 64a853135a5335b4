// The element, and what stands in its place in a browser that is too old for it.

const NAME = "odop-sahayak";
const CAN = "customElements" in window && "attachShadow" in Element.prototype;

function styleOf(root, ready, refused) {
  if (root.adoptedStyleSheets && "replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    return ready();
  }
  root.appendChild(make("link", { rel: "stylesheet", href: base + "/widget.css", onload: ready, onerror: refused }));
}

function plainLinks() {
  const style = { position: "fixed", right: "12px", bottom: "12px", padding: "10px 14px", background: "#fff", color: "#111", border: "2px solid #0d5a52", zIndex: "2147483000" };
  const box = make("p", { lang: memory.lang, id: NAME + "-links" }, make("a", { href: base + "/" }, word("launch")), " · ",
    make("a", { href: "tel:18001800888" }, "1800-1800-888"));
  Object.keys(style).forEach((name) => { box.style[name] = style[name]; });
  document.body.appendChild(box);
}

function define() {
  customElements.define(NAME, class extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      this.setAttribute("data-size", textSize());
      this.setAttribute("data-side", script.getAttribute("data-side") === "left" ? "left" : "right");
      const root = this.attachShadow({ mode: "open" });
      styleOf(root, () => this.begin(root), () => { this.parentNode.removeChild(this); plainLinks(); });
    }

    begin(root) {
      if (!memory.chosen) memory.lang = pageLanguage();
      this.badge = make("span", { class: "badge" });
      this.aloud = make("span", { class: "hidden", role: "status" }); // within the button it would not be read out
      this.launcher = make("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", onclick: () => this.open() });
      this.named();
      root.appendChild(this.launcher);
      root.appendChild(this.aloud);
      if (memory.open) this.show();
      else if (memory.items.length) this.make(); // what waits is sent, and a person is listened to
      this.dispatchEvent(new CustomEvent("odop-ready", { bubbles: true }));
    }

    named() {
      clear(this.launcher);
      this.launcher.lang = memory.lang;
      [icon("ask"), make("span", {}, word("launch")), this.badge].forEach((each) => this.launcher.appendChild(each));
    }

    make() {
      this.panel = this.panel || new Panel(this.shadowRoot, () => this.shut());
      if (memory.open) this.setAttribute("data-open", "");
      else this.removeAttribute("data-open");
    }

    show() {
      this.badge.textContent = this.aloud.textContent = "";
      this.make();
      this.launcher.setAttribute("aria-expanded", "true");
    }

    open() {
      memory.open = true;
      keep();
      this.show();
      this.panel.opened();
    }

    shut() {
      memory.open = false;
      keep();
      this.removeAttribute("data-open");
      this.launcher.setAttribute("aria-expanded", "false");
      this.launcher.focus();
    }

    // Something arrived while the panel was shut.
    news() {
      this.badge.textContent = this.aloud.textContent = word("news");
    }
  });
  if (!document.querySelector(NAME)) document.body.appendChild(document.createElement(NAME));
}

function embed() {
  if (!CAN) plainLinks();
  else if (!customElements.get(NAME)) define();
}

// Without defer the page is not there yet.
if (document.body) embed();
else document.addEventListener("DOMContentLoaded", embed);
