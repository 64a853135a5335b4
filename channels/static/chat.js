// The chat: sends a message, shows the answer, and shows it again as another channel would carry it.
// All words are in the page's templates.

import { follow } from "./person.js";
import { byBot, drawReply, put, putPerson, stamp, word } from "./reply.js";

const PATIENCE_MS = 25000;
const KEPT_ITEMS = 60;
const STORE = "odop-sahayak-1";
const ANSWERS = ["answered", "verdict_given", "status_given"];

const page = {
  log: document.getElementById("log"),
  news: document.getElementById("news"),
  scroll: document.getElementById("scroll"),
  status: document.getElementById("status"),
  person: document.getElementById("person"),
  form: document.getElementById("ask"),
  text: document.getElementById("text"),
  send: document.getElementById("send"),
  count: document.getElementById("count"),
  longest: Number(document.body.dataset.longest),
};

// ---- what this tab remembers: the session and the conversation, until it is closed

let memory = recall();
let channel = "web";
let waiting = false;

function recall() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORE));
    if (kept && kept.session && Array.isArray(kept.items)) return kept;
  } catch { /* storage is closed or spoiled: start anew */ }
  return { session: newSession(), items: [] };
}

function keep() {
  memory.items = memory.items.slice(-KEPT_ITEMS);
  try { sessionStorage.setItem(STORE, JSON.stringify(memory)); } catch { /* the page works without */ }
}

function newSession() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// ---- one turn, as the chosen channel

function putMine(node, text) {
  node.querySelector(".words").textContent = text;
  if (/[\u0900-\u097f]/.test(text)) node.lang = "hi";
}

async function drawTurn(node, item) {
  const view = channel === "web" ? { replies: item.replies } : await viewOf(item.turn);
  node.dataset.channel = channel;
  node.classList.toggle("unavailable", item.outcome === "unavailable");
  if (!view) {
    node.replaceChildren(...item.replies.map((reply) => drawReply(reply, { choose: ask })));
    node.append(put("p", word("gone"), "note"));
    return;
  }
  const parts = view.parts || [];
  node.replaceChildren(...view.replies.map((reply, index) => drawReply(reply, {
    part: parts[index], channel, choose: ask, ...(index === view.replies.length - 1 ? markOf(item) : {}),
  })));
}

// Under the last reply of an answer.
function markOf(item) {
  return ANSWERS.includes(item.outcome) ? { marked: item.mark, mark: (kind) => mark(item, kind) } : {};
}

async function mark(item, kind) {
  try {
    const response = await fetch("/api/v1/feedback", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ session_id: memory.session, turn_id: item.turn, mark: kind }),
    });
    if (!response.ok) return false;
  } catch {
    return false;
  }
  item.mark = kind;
  keep();
  return true;
}

async function viewOf(turn) {
  try {
    const response = await fetch(`/api/v1/turns/${encodeURIComponent(turn)}/as/${channel}`);
    return response.ok ? byBot(await response.json()) : null;
  } catch {
    return null;
  }
}

// ---- the log

function drawMine(text) {
  const node = stamp("turn-mine");
  putMine(node, text);
  page.log.append(node);
  return node;
}

async function drawAll() {
  // Not news to a screen reader: the same conversation, drawn again.
  page.news.setAttribute("aria-live", "off");
  const chosen = channel;
  const nodes = memory.items.map((item) => ({ item, node: stamp(item.mine ? "turn-mine" : "turn-bot") }));
  await Promise.all(nodes.map(({ item, node }) => {
    if (item.person) return putPerson(node, item.person);
    if (!item.mine) return drawTurn(node, item);
    putMine(node, item.mine);
  }));
  // Another channel was chosen, or a message sent, meanwhile: that drawing is the newer one.
  if (chosen !== channel || nodes.length !== memory.items.length) return;
  const unkept = page.log.querySelectorAll(".typing, .failed");
  page.log.replaceChildren(...nodes.map(({ node }) => node), ...unkept);
  document.body.classList.toggle("started", memory.items.length > 0);
  setTimeout(() => page.news.setAttribute("aria-live", "polite"), 300);
}

function show(node) {
  const tall = node.offsetHeight > page.scroll.clientHeight;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.scrollIntoView({ block: tall ? "start" : "end", behavior: calm ? "auto" : "smooth" });
}

// ---- asking

async function ask(text, shown = text) {
  if (waiting || !text.trim()) return;
  page.log.querySelector(".failed")?.remove();
  const mine = { mine: shown };
  remember(mine);
  show(drawMine(shown));
  setWaiting(true);
  const session = memory.session;
  const typing = stamp("typing");
  page.log.append(typing);
  show(typing);
  const answer = await fetchAnswer(text);
  typing.remove();
  setWaiting(false);
  if (session !== memory.session) return; // a new conversation began meanwhile
  if (answer) await drawAnswer(answer);
  else drawFailure(text, shown, mine);
}

function remember(item) {
  document.body.classList.add("started");
  memory.items.push(item);
  keep();
}

async function drawAnswer(answer) {
  const mine = memory;
  await person.tell(answer);
  if (mine !== memory) return; // a new conversation began meanwhile
  const { replies } = byBot(answer);
  page.status.textContent = "";
  if (!replies.length) return; // a person has the message now
  const item = { turn: answer.turn_id, replies, outcome: answer.outcome };
  remember(item);
  showPerson(memory.person); // in the language of this answer
  const node = stamp("turn-bot");
  const chosen = channel;
  await drawTurn(node, item);
  if (chosen !== channel) return drawAll();
  page.log.append(node);
  show(node);
}

function drawPersons(messages) {
  for (const message of messages) {
    remember({ person: message });
    const node = stamp("turn-bot");
    putPerson(node, message);
    page.log.insertBefore(node, page.log.querySelector(".typing"));
    show(node);
  }
}

function showPerson(state) {
  page.person.hidden = !state;
  const language = memory.items.length ? ownLanguages("")[0] : "hi";
  page.person.lang = language;
  page.person.textContent = state ? word(state, language) : "";
}

const person = follow({ memory: () => memory, arrived: drawPersons, changed: showPerson, keep });

async function fetchAnswer(text) {
  try {
    const response = await fetch("/api/v1/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ session_id: memory.session, text, channel: "web" }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function drawFailure(text, shown, mine) {
  const node = stamp("failed");
  const languages = ownLanguages(text);
  for (const language of languages) {
    const sentence = put("p", word("sorry", language));
    sentence.lang = language;
    node.querySelector(".sorry").append(sentence);
  }
  const again = node.querySelector(".again");
  again.textContent = word("again", languages[0]);
  again.lang = languages[0];
  again.addEventListener("click", async () => {
    node.remove();
    memory.items = memory.items.filter((item) => item !== mine); // not always the last: a person may have written
    await drawAll();
    ask(text, shown);
  });
  page.log.append(node);
  page.status.textContent = word("failed", "hi");
  show(node);
}

// The language of the last answer, else by script; Latin letters may be Hinglish or English.
function ownLanguages(text) {
  const last = memory.items.findLast((item) => item.replies || item.person);
  if (last) return [(last.person || last.replies.at(-1)).language];
  return /[\u0900-\u097f]/.test(text) ? ["hi"] : ["hi-Latn", "en"];
}

function setWaiting(now) {
  waiting = now;
  page.send.setAttribute("aria-disabled", String(now));
  page.log.classList.toggle("waiting", now);
  page.status.textContent = now ? word("typing", "hi") : "";
}

// ---- the form

function fit() {
  page.text.classList.toggle("long", page.text.value.length > 0);
  page.text.rows = 1;
  while (page.text.scrollHeight > page.text.clientHeight && page.text.rows < 5) page.text.rows += 1;
  const length = page.text.value.length;
  page.count.hidden = length < page.longest * 0.8;
  page.count.textContent = `${length} / ${page.longest}`;
  page.count.classList.toggle("over", length > page.longest);
}

function submit() {
  if (waiting) return;
  const text = page.text.value;
  if (!text.trim()) return page.text.focus();
  page.text.value = "";
  fit();
  ask(text);
}

function startAgain() {
  person.stop();
  memory = { session: newSession(), items: [] };
  keep();
  page.log.replaceChildren();
  document.body.classList.remove("started");
  page.scroll.scrollTop = 0;
  page.text.focus();
}

page.form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
page.text.addEventListener("input", fit);
page.text.addEventListener("keydown", (event) => {
  // While an input method composes, Enter belongs to it.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
document.getElementById("fresh").addEventListener("click", startAgain);
for (const chip of document.querySelectorAll(".suggestions .chip")) {
  chip.addEventListener("click", () => ask(chip.textContent));
}
for (const radio of document.querySelectorAll("[name=channel]")) {
  radio.checked = radio.value === channel; // browsers restore the old choice on reload
  radio.addEventListener("change", async () => {
    channel = radio.value;
    await drawAll();
    page.status.textContent = `${word("shown")} ${word(channel)}`;
    if (page.log.lastElementChild) show(page.log.lastElementChild);
  });
}
drawAll().then(() => {
  if (page.log.lastElementChild) show(page.log.lastElementChild);
  person.resume();
});
