// Follows a conversation that a person is asked to take, or has. It asks less and less often while nothing
// happens, rarely on a slow network, and not at all while nobody looks or nobody was called.

const SOON_MS = 5000;
const LATEST_MS = 40000;

class Follower {
  // arrived(messages), changed(): who has the conversation, or the place in the queue
  constructor(arrived, changed) {
    this.arrived = arrived;
    this.changed = changed;
    this.pause = SOON_MS;
    this.timer = 0;
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.wake(); });
  }

  wake() {
    if (memory.person) this.look();
  }

  stop() {
    clearTimeout(this.timer);
  }

  // After an answer. What a person wrote is fetched with its id, so that it is drawn once and in order.
  tell(answer) {
    const aside = answer.replies.some((reply) => reply.speaker !== "bot");
    if (!answer.handover && !aside && !memory.person) return;
    if (answer.handover) this.set(answer.handover, answer.place);
    if (aside || !answer.handover) this.look();
  }

  set(person, place) {
    if (person !== memory.person || place !== memory.place) this.pause = SOON_MS;
    memory.person = person;
    memory.place = place;
    keep();
    this.changed();
    this.later();
  }

  later() {
    this.stop();
    if (memory.person && !document.hidden) this.timer = setTimeout(() => this.look(), slowly(this.pause));
    this.pause = Math.min(this.pause * 1.4, LATEST_MS);
  }

  look() {
    this.stop();
    const mine = memory;
    askAsVisitor("GET", "/messages?after=" + memory.last, null, (status, found) => {
      if (mine !== memory) return; // a new conversation began meanwhile
      if (status !== 200 || !found) return this.later();
      // Two looks may cross: what is drawn already is not drawn again.
      const news = found.messages.filter((message) => message.id > memory.last);
      if (news.length) {
        memory.last = news[news.length - 1].id;
        this.pause = SOON_MS;
        this.arrived(news);
      }
      this.set(found.handover, found.place);
    });
  }
}

function slowly(pause) {
  const network = navigator.connection || {};
  return network.saveData || /2g/.test(network.effectiveType || "") ? pause * 2 : pause;
}

// Whether people answer now, before one was asked for.
function deskSign(desk) {
  if (!desk || !desk.state) return "";
  return word("desk_" + desk.state, { when: desk.opens_at ? readableTime(desk.opens_at) : "" });
}

const INDIA = 330 * 60000; // minutes ahead of UTC, the whole year

// "सोमवार सुबह 10 बजे": a browser would write "10:00 am" in Hindi too.
function readableTime(at) {
  const there = new Date(Date.parse(at) + INDIA);
  const [hour, minute] = [there.getUTCHours(), there.getUTCMinutes()];
  const day = new Intl.DateTimeFormat(memory.lang === "hi" ? "hi-IN" : "en-IN", { weekday: "long", timeZone: "UTC" });
  const part = hour < 12 ? "morning" : hour < 16 ? "noon" : "evening";
  const time = (hour % 12 || 12) + (minute ? (minute < 10 ? ":0" : ":") + minute : "");
  return word("opens_" + part, { day: day.format(there), time });
}
