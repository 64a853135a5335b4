// Draws one reply: its text, sources, language and buttons. Everything is set as text, never as markup.

const TAPPED = /(1800[- ]\d{3,4}[- ]\d{3,4}|https?:\/\/[^\s<>()]+\/letters\/[\w-]{43}\.pdf)/;

export function stamp(name) {
  return document.getElementById(name).content.firstElementChild.cloneNode(true);
}

export function word(key, language) {
  const words = document.getElementById("words").content;
  const exact = words.querySelector(`[data-key="${key}"][lang="${language}"]`);
  return (exact || words.querySelector(`[data-key="${key}"]`)).textContent;
}

export function put(tag, text, className) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

// Toll-free numbers and our own letters can be tapped; numbers do not break at a line's end.
function putText(node, text) {
  for (const piece of text.split(TAPPED)) node.append(TAPPED.test(piece) ? linkTo(piece) : piece);
}

function linkTo(piece) {
  if (!piece.startsWith("http")) {
    const call = put("a", piece, "phone");
    call.href = `tel:${piece.replace(/\D/g, "")}`;
    return call;
  }
  if (!URL.canParse(piece) || new URL(piece).origin !== location.origin) return piece;
  const letter = put("a", piece);
  letter.href = piece;
  letter.target = "_blank";
  letter.rel = "noopener noreferrer";
  return letter;
}

function readableDate(asOf, language) {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(asOf);
  if (!match) return asOf;
  const form = { month: "long", year: "numeric", timeZone: "UTC" };
  if (match[3]) form.day = "numeric";
  const date = new Date(Date.UTC(match[1], match[2] - 1, match[3] || 1));
  return new Intl.DateTimeFormat(language === "hi" ? "hi-IN" : "en-IN", form).format(date);
}

// `mark(kind)` notes whether the answer helped, and tells whether that went well; without it nothing can be marked.
export function drawReply(reply, { part, channel, choose, mark, marked }) {
  const node = stamp("reply");
  node.querySelector(".bubble").lang = reply.language;
  putText(node.querySelector(".words"), reply.text);
  drawSources(node.querySelector(".sources"), reply);
  drawBadge(node.querySelector(".badge"), reply, part, channel);
  drawButtons(node.querySelector(".chips"), reply, choose);
  drawMarks(node.querySelector(".marks"), reply, mark, marked);
  return node;
}

// What a person of the helpline wrote, or that the assistant answers again.
export function putPerson(node, message) {
  node.dataset.speaker = message.speaker;
  const reply = drawReply({ ...message, buttons: [], sources: [] }, {});
  if (message.speaker === "staff") {
    const speaker = put("p", word("staff", message.language), "speaker");
    speaker.lang = message.language;
    reply.prepend(speaker);
  }
  node.replaceChildren(reply);
}

// What a person wrote comes by following the conversation; here it would be drawn a second time.
export function byBot(view) {
  const kept = view.replies.map((reply) => reply.speaker === "bot");
  const pick = (list) => list && list.filter((_, index) => kept[index]);
  return { replies: pick(view.replies), parts: pick(view.parts) };
}

function drawSources(box, reply) {
  if (!reply.sources.length) return box.remove();
  box.querySelector("h3").textContent = word("source", reply.language);
  for (const source of reply.sources) box.querySelector("ul").append(sourceItem(source, reply.language));
}

function sourceItem(source, language) {
  const item = document.createElement("li");
  const title = put(source.url ? "a" : "span", source.title);
  if (source.url) {
    title.href = source.url;
    title.target = "_blank";
    title.rel = "noopener noreferrer nofollow";
  }
  item.append(title);
  if (source.as_of) {
    const date = put("time", readableDate(source.as_of, language));
    date.dateTime = source.as_of;
    item.append(date);
  }
  return item;
}

function drawBadge(badge, reply, part, channel) {
  const name = put("span", word("name", reply.language), "language");
  name.lang = reply.language === "hi" ? "hi" : "en";
  badge.append(name);
  if (!part) return;
  badge.append(put("span", word(channel)));
  if (channel === "voice") return;
  if (channel === "sms") badge.append(put("span", part.encoding));
  badge.append(put("span", `${part.characters} ${word("characters")}`));
  if (channel === "sms") {
    badge.append(put("strong", `${part.segments} ${word(part.segments === 1 ? "segment" : "segments")}`));
  }
}

function drawButtons(box, reply, choose) {
  if (!reply.buttons.length) return box.remove();
  box.lang = reply.language;
  for (const button of reply.buttons) {
    const chip = put("button", button.title, "chip");
    chip.type = "button";
    chip.addEventListener("click", () => choose(button.payload, button.title));
    box.append(chip);
  }
}

function drawMarks(box, reply, mark, marked) {
  if (!mark) return box.remove();
  box.hidden = false;
  box.lang = reply.language;
  box.setAttribute("aria-label", word("helped", reply.language));
  const buttons = [...box.querySelectorAll("button")];
  const press = (kind) => buttons.forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.mark === kind)));
  press(marked);
  for (const button of buttons) {
    const kind = button.dataset.mark;
    button.setAttribute("aria-label", word(kind, reply.language));
    button.title = word(kind, reply.language);
    button.addEventListener("click", async () => {
      const noted = await mark(kind);
      if (noted) press(kind);
      box.querySelector(".thanks").textContent = word(noted ? "thanks" : "unmarked", reply.language);
    });
  }
}
