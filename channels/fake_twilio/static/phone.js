// The simulator: what a contact sees and does. It talks to the fake Twilio only.
const $ = (id) => document.getElementById(id);
const phone = document.querySelector(".phone");
const tabs = [...document.querySelectorAll("[role=tab]")];
const DEVANAGARI = /[\u0900-\u097f]/;
const TICKS = { queued: "◷", sent: "✓", delivered: "✓✓", read: "✓✓", failed: "✕", undelivered: "✕" };
const FAULTS = {
  webhook_twice: "webhooks come twice", webhook_late: "webhooks come late",
  webhook_out_of_order: "webhooks come out of order", answer_429: "429, too many requests", answer_500: "500",
  answer_503: "503", silent_after_accepting: "accepts, then no answer", silent_before_accepting: "no answer at all",
  status_shuffled: "statuses in any order", status_twice: "statuses twice", status_late: "statuses late",
  fails: "messages do not arrive",
};
let tab = "whatsapp", seen = 0, round = 0, shown = new Map(), call = null, heard = 0, pressed = "", pause = 0;
const PAUSE = 2500; // after the last of several keys

let away = false;
function tellTrouble(text, gone) {
  away = gone;
  if ($("trouble").textContent !== text) $("trouble").textContent = text;
}
async function ask(method, path, body, type = "application/json") {
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.body = type === "application/json" ? JSON.stringify(body) : body;
    options.headers["Content-Type"] = type;
  }
  try {
    const answer = await fetch(path, options);
    const json = await answer.json();
    if (!answer.ok) throw new Error(typeof json.detail === "string" ? json.detail : `Refused: ${answer.status}`);
    if (method !== "GET" || away) tellTrouble("", false); // looking for news must not wipe what was said of a send
    return json;
  } catch (error) {
    const gone = error instanceof TypeError;
    tellTrouble(gone ? "The fake Twilio does not answer." : error.message, gone);
    throw error;
  }
}
const quietly = (work) => work.catch(() => undefined); // said in #trouble

function make(tag, className, text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  if (text) element.lang = DEVANAGARI.test(text) ? "hi" : "en";
  return element;
}
const number = () => $("who").value || $("number").value.trim();
const address = () => (tab === "whatsapp" ? "whatsapp:" : "") + number();

// ---- messages
function draw(message) {
  const item = shown.get(message.sid) || make("li", "");
  const mine = message.direction === "inbound";
  item.className = `message ${mine ? "mine" : "theirs"}`;
  const parts = [make("span", "hidden", mine ? "You: " : "Assistant: ")];
  if (message.body) parts.push(make("div", "words", message.body));
  parts.push(...message.media.map(file));
  if (message.choices.length) parts.push(choices(message));
  item.replaceChildren(...parts, foot(message, mine));
  if (!shown.has(message.sid)) $("log").append(item);
  shown.set(message.sid, item);
}
function file(media) {
  if (!/^https?:\/\//.test(media)) return make("div", "small", `File: ${media.split(" ")[1] || ""}`);
  const link = make("a", "small", `File: ${media.split("/").pop()}`);
  Object.assign(link, { href: media, target: "_blank", rel: "noopener noreferrer" });
  return link;
}
function choices(message) {
  const list = make("div", "choices");
  for (const choice of message.choices) {
    const button = make("button", "", choice.title);
    button.type = "button";
    if (choice.description) button.append(make("small", "", choice.description));
    button.onclick = () => send({ body: choice.title, chosen: { id: choice.id, title: choice.title, kind: message.kind } });
    list.append(button);
  }
  return list;
}
function foot(message, mine) {
  const line = make("div", "foot");
  const time = new Date(message.created).toLocaleTimeString("en-IN", { hour: "2-digit", minute: "2-digit" });
  if (tab === "sms" && !mine) line.append(make("span", "", `${message.segments} segment${message.segments > 1 ? "s" : ""}`));
  line.append(make("span", "", time));
  const status = mine ? came(message) : message.status;
  if (message.error_code) line.append(make("span", "bad", `${status} ${message.error_code}`));
  if (mine && status === "failed") line.append(make("span", "bad", `webhook: ${message.attempts.at(-1)}`));
  const ticks = make("span", "ticks", TICKS[status] || "◷");
  ticks.dataset.status = status;
  ticks.setAttribute("role", "img");
  ticks.setAttribute("aria-label", status);
  ticks.title = status;
  line.append(ticks);
  return line;
}
function came(message) {
  if (!message.attempts.length) return "queued";
  return message.attempts.some((each) => each.startsWith("2")) ? "delivered" : "failed";
}
async function look() {
  if (tab === "call" || document.hidden || !number()) return;
  const mine = round, log = $("log");
  const found = await ask("GET", `/messages?contact=${encodeURIComponent(address())}&after=${seen}&limit=200`);
  if (mine !== round || !found.messages.length) return; // another phone was taken meanwhile
  const low = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  for (const message of found.messages) {
    seen = Math.max(seen, message.changed);
    draw(message);
  }
  if (low) log.scrollTop = log.scrollHeight;
}
async function send(given) {
  await ask("POST", "/inbound", { from: address(), profile_name: "Simulator", ...given });
  await Promise.all([look(), network()]);
}
$("compose").onsubmit = async (event) => {
  event.preventDefault();
  const body = $("text").value.trim();
  if (!body) return;
  $("text").value = "";
  $("log").scrollTop = $("log").scrollHeight;
  try { await send({ body }); } catch { $("text").value = body; }
};
$("text").onkeydown = (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("compose").requestSubmit();
};
$("file").onchange = async () => {
  const [chosen] = $("file").files;
  $("file").value = "";
  if (!chosen) return;
  quietly(ask("POST", "/media", chosen, chosen.type || "application/octet-stream").then(({ sid }) => send({ media: [sid] })));
};

// ---- a call
function hear(after) {
  const brief = looksAgain(); // of the wait that has just ended
  call = after;
  clearTimeout(pause);
  pressed = $("pressed").textContent = "";
  for (const line of after.heard.slice(heard)) {
    if (line.by === "silence" && brief) continue;
    const text = line.kind === "dial" ? `Connecting to ${line.text}` : line.text || "(silence)";
    const item = make("li", { you: "mine", say: "theirs", play: "note" }[line.kind] || line.kind, text);
    if (line.language) item.lang = line.language;
    if (line.by) item.prepend(make("span", "hidden", `You, by ${line.by}: `));
    $("heard").append(item);
    if (line.kind === "say" && $("aloud").checked) aloud(line);
  }
  heard = after.heard.length;
  if (after.status === "completed") $("heard").append(make("li", "note", "The call has ended"));
  $("heard").scrollTop = $("heard").scrollHeight;
  ready();
  if (looksAgain()) pause = setTimeout(() => give({ silence: true }), 1000 * Number(call.waits_for.timeout));
}
// A Gather of a second or two is the gateway looking whether its answer is ready: nobody has to press anything.
const looksAgain = () => call?.waits_for?.kind === "gather" && Number(call.waits_for.timeout || 5) <= 2;
function aloud(line) {
  const words = new SpeechSynthesisUtterance(line.text);
  words.lang = line.language || "hi-IN";
  speechSynthesis.speak(words);
}
function ready() {
  const wait = call?.waits_for, gather = wait?.kind === "gather", listens = (gather && (wait.input || "dtmf")) || "";
  for (const button of $("keys").children) button.disabled = !listens.includes("dtmf");
  $("speak").querySelector("button").disabled = !listens.includes("speech");
  phone.querySelector("[data-give=silence]").disabled = !gather;
  for (const name of ["completed", "no-answer"]) phone.querySelector(`[data-give=${name}]`).hidden = wait?.kind !== "dial";
  const runs = Boolean(call) && call.status !== "completed";
  $("dial").disabled = runs;
  $("end").disabled = !runs;
}
const give = (input) => call?.waits_for && quietly(ask("POST", `/calls/${call.sid}/input`, input).then(hear));
$("dial").onclick = () => {
  heard = 0;
  $("heard").replaceChildren();
  quietly(ask("POST", "/calls", { from: number() }).then(hear).then(() => $("speech").focus()));
};
$("end").onclick = () => quietly(ask("POST", `/calls/${call.sid}/hangup`).then(hear).then(() => $("dial").focus()));
$("speak").onsubmit = (event) => {
  event.preventDefault();
  const speech = $("speech").value.trim();
  if (!speech || !call?.waits_for) return;
  $("speech").value = "";
  give({ speech });
};
function press(key) {
  clearTimeout(pause);
  pressed += key;
  $("pressed").textContent = pressed;
  const { numDigits, finishOnKey = "#" } = call.waits_for;
  if (key === finishOnKey || pressed.length >= Number(numDigits || Infinity)) enter();
  else pause = setTimeout(enter, PAUSE);
}
function enter() {
  const digits = pressed;
  pressed = $("pressed").textContent = "";
  give({ digits });
}
for (const digits of "123456789*0#") {
  const key = make("button", "", digits);
  key.type = "button";
  key.onclick = () => press(digits);
  $("keys").append(key);
}
for (const button of phone.querySelectorAll("[data-give]")) {
  const name = button.dataset.give;
  button.onclick = () => give(name === "silence" ? { silence: true } : { dialled: name });
}

// ---- which phone, which tab, and what the network knows
async function network() {
  if (!number()) return;
  const known = await ask("GET", `/contacts/${encodeURIComponent(address())}`);
  $("window").checked = !known.window_open;
  $("opted").checked = known.opted_out;
}
function take() {
  $("other").hidden = $("who").value !== "";
  if (!number() || !$("number").checkValidity()) return;
  [seen, shown] = [0, new Map()];
  round += 1;
  $("log").replaceChildren();
  $("line").textContent = `${{ whatsapp: "WhatsApp", sms: "SMS", call: "Call" }[tab]} · this phone is ${number()}`;
  quietly(Promise.all([look(), network()]));
}
function choose(name, focus = false) {
  tab = phone.dataset.tab = name;
  for (const each of tabs) {
    const on = each.dataset.tab === name;
    each.setAttribute("aria-selected", on);
    each.tabIndex = on ? 0 : -1;
    if (on && focus) each.focus();
  }
  $("panel-chat").setAttribute("aria-labelledby", `tab-${name === "call" ? "whatsapp" : name}`);
  $("panel-chat").hidden = name === "call";
  $("panel-call").hidden = name !== "call";
  for (const option of $("who").options) option.disabled = Boolean(option.dataset.only) && option.dataset.only !== name;
  if ($("who").selectedOptions[0].disabled) $("who").selectedIndex = 0;
  take();
}
for (const [place, each] of tabs.entries()) {
  each.onclick = () => choose(each.dataset.tab);
  each.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: tabs.length - 1 }[event.key];
    if (step) choose(tabs[(place + step) % tabs.length].dataset.tab, true);
  };
}
$("who").onchange = $("number").onchange = take;
const tell = (what) => quietly(ask("PUT", `/contacts/${encodeURIComponent(address())}`, what));
$("window").onchange = () => tell({ window_open: !$("window").checked });
$("opted").onchange = () => tell({ opted_out: $("opted").checked });

// ---- faults
function drawFaults(faults) {
  $("faults").replaceChildren(...Object.entries(FAULTS).map(([name, words]) => {
    const row = make("label", "fault", words), choice = make("select", "");
    for (const [value, title] of [[0, "never"], [0.3, "now and then"], [1, "always"]]) choice.append(new Option(title, value));
    choice.value = [1, 0.3, 0].find((value) => faults[name] >= value);
    choice.onchange = () => {
      faults = { ...faults, [name]: Number(choice.value) };
      quietly(ask("PUT", "/faults", faults));
    };
    row.append(choice);
    return row;
  }));
}
$("calm").onclick = () => quietly(ask("DELETE", "/faults").then(drawFaults));

quietly(ask("GET", "/faults").then(drawFaults));
ready();
choose("whatsapp");
(function again() { setTimeout(() => quietly(look()).finally(again), 800); })();
