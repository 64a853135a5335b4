// The panel: draws the conversation and puts the parts together.

const WHOLE_SCREEN = "(max-width: 30em), (max-height: 30em)"; // as in widget.css

class Panel {
  constructor(root, close) {
    this.root = root;
    this.close = close;
    this.outbox = new Outbox((answer) => this.answered(answer), (item) => this.refresh(item), (key, text) => this.tell(key, text));
    this.follower = new Follower((messages) => this.arrived(messages), () => this.showPerson());
    this.draw();
    this.follower.wake();
    this.outbox.go();
  }

  // ---- the frame, drawn again in another language

  draw() {
    const typed = this.text ? this.text.value : "";
    if (this.node) this.root.removeChild(this.node);
    const part = (name, attributes, ...children) => (this[name] = make("div", Object.assign({ class: name }, attributes), ...children));
    this.nodes = new Map();
    this.menu = drawMenu({ language: (lang) => this.speak(lang), size: (size) => this.resize(size), fresh: () => this.begin() });
    this.list = make("ol", {});
    this.node = make("section", { class: "panel", role: "dialog", "aria-labelledby": "title", tabindex: "-1", lang: memory.lang, onkeydown: (event) => this.key(event) },
      this.drawHead(), this.menu, this.drawWays(), part("person", { role: "status" }),
      part("scroll", { tabindex: "0", role: "region", "aria-label": word("log") }, this.drawWelcome(),
        part("log", { role: "log", "aria-live": "off", "aria-relevant": "additions", "aria-label": word("log") }, this.list)),
      part("status", { role: "status" }), this.drawForm());
    this.text.value = typed;
    memory.items.forEach((item) => this.put(item));
    this.showPerson();
    this.root.appendChild(this.node);
    // What was said before is not news to a screen reader.
    setTimeout(() => this.log.setAttribute("aria-live", "polite"), 300);
  }

  drawHead() {
    const button = (name, call) => make("button", { type: "button", class: "round", "aria-label": word(name), onclick: call }, icon(name));
    this.more = button("menu", () => this.toggleMenu());
    this.more.setAttribute("aria-expanded", "false");
    this.more.setAttribute("aria-controls", "menu");
    const title = make("div", { class: "name" }, make("h2", { id: "title" }, word("title")), make("p", {}, word("helpline")));
    return make("header", {}, title, this.more, button("close", () => this.close()));
  }

  drawWays() {
    const person = make("button", { type: "button", class: "way", onclick: () => this.say("person:", word("person")) },
      icon("person"), make("span", {}, word("person")));
    return make("div", { class: "ways" }, callLink("way"), person);
  }

  drawWelcome() {
    const box = make("div", { class: "chips", role: "group", "aria-label": word("suggestions") });
    ["suggestion_1", "suggestion_2", "suggestion_3"].forEach((key) => box.appendChild(
      make("button", { type: "button", class: "chip", onclick: () => this.say(word(key), word(key)) }, word(key))));
    return make("div", { class: "welcome" }, make("p", { class: "greeting" }, word("greeting")), make("p", { class: "note" }, word("languages")), box);
  }

  drawForm() {
    const mic = voiceButton((text) => { this.text.value = text; this.text.focus(); }, (key) => this.tell(key));
    this.text = make("textarea", { id: "text", rows: "2", autocomplete: "off", maxlength: longest, placeholder: word("placeholder"), "aria-label": word("text") });
    const send = make("button", { type: "submit", class: "round send", "aria-label": word("send") }, icon("send"));
    return make("form", { onsubmit: (event) => { event.preventDefault(); this.submit(); } }, this.text, mic, send);
  }

  // ---- what happens

  say(send, shown) {
    this.put(remember({ mine: shown, send, id: newId(), state: "waiting" }), true);
    this.outbox.go();
  }

  submit() {
    const text = this.text.value.trim();
    this.text.focus();
    if (!text) return;
    this.text.value = "";
    this.say(text, text);
  }

  answered(answer) {
    const replies = answer.replies.filter((reply) => reply.speaker === "bot");
    if (replies.length) this.put(remember({ replies }), true);
    this.follower.tell(answer);
  }

  arrived(messages) {
    messages.forEach((message) => this.put(remember({ replies: [message] }), true));
  }

  put(item, isNew) {
    const nodes = item.mine
      ? [drawMine(item, () => this.outbox.go())]
      : item.replies.map((reply) => drawReply(reply, (payload, title) => this.say(payload, title)));
    nodes.forEach((node) => this.list.appendChild(node));
    this.nodes.set(item, nodes[0]);
    if (!isNew) return;
    this.show(nodes[0]);
    if (!item.mine && !memory.open) this.root.host.news();
  }

  refresh(item) {
    const node = this.nodes.get(item);
    if (node && node.refresh) this.inSight(() => node.refresh());
  }

  tell(key, sentence) {
    this.inSight(() => {
      clear(this.status);
      if (!key) return;
      this.status.appendChild(document.createTextNode(sentence || word(key)));
      if (key === "refused") this.status.appendChild(make("a", { href: base + "/", target: "_blank", rel: "noopener" }, word("page")));
    });
  }

  // What is said around the log takes room from it: its end stays in sight if it was.
  inSight(change) {
    const box = this.scroll;
    const isAtEnd = box.scrollTop + box.clientHeight > box.scrollHeight - 60;
    change();
    if (isAtEnd) box.scrollTop = box.scrollHeight;
  }

  showPerson() {
    const before = memory.place ? memory.place - 1 : 0;
    const place = memory.person === "waiting" && memory.place ? " " + (before ? word("place", { before }) : word("place_next")) : "";
    const text = memory.person ? word(memory.person) + place : deskSign(this.desk);
    this.person.className = "person " + (memory.person || (this.desk && this.desk.state) || "");
    if (this.person.textContent !== text) this.inSight(() => { this.person.textContent = text; });
  }

  // Asked when the panel is opened and nobody was called yet; without an answer there is no sign.
  lookAtDesk() {
    if (memory.person) return;
    ask("GET", "/desk", null, (status, desk) => {
      this.desk = status === 200 ? desk : null;
      this.showPerson();
    });
  }

  // ---- the options

  toggleMenu(open) {
    this.menu.hidden = open === undefined ? !this.menu.hidden : !open;
    this.more.setAttribute("aria-expanded", String(!this.menu.hidden));
  }

  speak(lang) {
    memory.lang = lang;
    memory.chosen = true;
    keep();
    this.draw();
    this.toggleMenu(true);
    this.root.host.named();
    this.root.querySelector("[name=language][value=" + lang + "]").focus();
  }

  resize(size) {
    textSize(size);
    this.root.host.setAttribute("data-size", size);
  }

  begin() {
    this.follower.stop();
    this.outbox.stop();
    memory = Object.assign(fresh(memory.lang), { open: true, chosen: memory.chosen });
    keep();
    this.draw();
    this.text.focus();
  }

  // ---- keyboard and place

  key(event) {
    if (event.key === "Enter" && event.target === this.text && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    }
    if (event.key === "Escape") this.menu.hidden ? this.close() : (this.toggleMenu(false), this.more.focus());
    if (event.key === "Tab" && matchMedia(WHOLE_SCREEN).matches) this.hold(event);
  }

  // Nothing of the page behind can be seen then: the keyboard does not go there either.
  hold(event) {
    const all = Array.from(this.node.querySelectorAll("a[href], button, input, textarea, [tabindex='0']")).filter((each) => each.offsetParent);
    const [from, to] = event.shiftKey ? [all[0], all[all.length - 1]] : [all[all.length - 1], all[0]];
    if (this.root.activeElement !== from && this.root.activeElement !== this.node) return;
    if (this.root.activeElement === this.node && !event.shiftKey) return;
    event.preventDefault();
    to.focus();
  }

  show(node) {
    if (memory.open) node.scrollIntoView(node.offsetHeight < this.scroll.clientHeight ? false : true);
  }

  opened() {
    this.lookAtDesk();
    const last = this.list.lastElementChild;
    if (last) this.show(last);
    // With a finger the keyboard of the screen would hide the greeting, and a low screen would scroll past it.
    (matchMedia("(pointer: coarse), " + WHOLE_SCREEN).matches ? this.node : this.text).focus();
  }
}
