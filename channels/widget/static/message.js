// Draws one message: what the user wrote, a reply of the assistant, what a person wrote.
// Much of it is also in ../../static/reply.js, a module of the page: the widget is one script, for older browsers too.

const TAPPED = /(1800[- ]\d{3,4}[- ]\d{3,4}|https?:\/\/[^\s<>()]+\/letters\/[\w-]{43}\.pdf)/;

// Toll-free numbers can be called and our own letters opened; other addresses stay text.
function putText(node, text, language) {
  text.split(TAPPED).forEach((piece) => {
    node.appendChild(TAPPED.test(piece) ? linkTo(piece, language) : document.createTextNode(piece));
  });
  return node;
}

function linkTo(piece, language) {
  if (piece.indexOf("http")) return make("a", { class: "phone", href: "tel:" + piece.replace(/\D/g, "") }, piece);
  if (piece.indexOf(base + "/letters/")) return document.createTextNode(piece);
  const letter = WORDS.letter[language] || WORDS.letter.en;
  return make("a", { class: "letter", href: piece, target: "_blank", rel: "noopener noreferrer" }, letter);
}

function readableDate(asOf, language) {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(asOf);
  if (!match) return asOf;
  const form = { month: "long", year: "numeric", timeZone: "UTC" };
  if (match[3]) form.day = "numeric";
  const date = new Date(Date.UTC(match[1], match[2] - 1, match[3] || 1));
  return new Intl.DateTimeFormat(language === "hi" ? "hi-IN" : "en-IN", form).format(date);
}

function drawMine(item, again) {
  const words = make("p", { class: "words", lang: languageOf(item.mine) }, item.mine);
  const bubble = make("div", { class: "bubble" }, make("span", { class: "hidden" }, word("you") + ": "), words);
  const node = make("li", { class: "mine" }, bubble);
  node.refresh = () => {
    while (bubble.nextSibling) node.removeChild(bubble.nextSibling);
    if (item.state !== "waiting" || !item.tried) return;
    const button = make("button", { type: "button", class: "again", onclick: again }, word("again"));
    node.appendChild(make("p", { class: "note" }, word("kept") + " · ", button));
  };
  node.refresh();
  return node;
}

function drawReply(reply, choose) {
  const isPerson = reply.speaker === "staff";
  const speaker = make("p", { class: isPerson ? "speaker" : "hidden" }, isPerson ? icon("person") : null,
    word(isPerson ? "staff" : "assistant") + (isPerson ? "" : ": "));
  const bubble = make("div", { class: "bubble", lang: reply.language });
  bubble.appendChild(putText(make("p", { class: "words" }), reply.text, reply.language));
  if (reply.sources && reply.sources.length) bubble.appendChild(drawSources(reply));
  const node = make("li", { class: "theirs " + (reply.speaker || "bot") }, speaker, bubble);
  if (reply.buttons && reply.buttons.length) node.appendChild(drawButtons(reply, choose));
  return node;
}

function drawSources(reply) {
  const list = make("ul", {});
  reply.sources.forEach((source) => {
    const there = { href: source.url, target: "_blank", rel: "noopener noreferrer nofollow" };
    const isLink = /^https?:\/\//.test(source.url || "");
    const date = source.as_of && make("time", { datetime: source.as_of }, readableDate(source.as_of, reply.language));
    list.appendChild(make("li", {}, make(isLink ? "a" : "span", isLink ? there : {}, source.title), date && " · ", date));
  });
  return make("div", { class: "sources" }, make("p", {}, WORDS.source[reply.language] || WORDS.source.en), list);
}

function drawButtons(reply, choose) {
  const box = make("div", { class: "chips", lang: reply.language });
  reply.buttons.forEach((button) => box.appendChild(
    make("button", { type: "button", class: "chip", onclick: () => choose(button.payload, button.title) }, button.title)));
  return box;
}
