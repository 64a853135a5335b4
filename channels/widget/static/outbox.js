// Sends what was written, one by one and in order. What does not go is kept and sent again with the same id,
// by which the helpline knows that it is the same message.

const AGAIN_MS = 2000;
const RARELY_MS = 60000;

class Outbox {
  // answered(answer), changed(item), told(key or sentence, shown as trouble)
  constructor(answered, changed, told) {
    this.answered = answered;
    this.changed = changed;
    this.told = told;
    this.busy = false;
    this.pause = AGAIN_MS;
    this.timer = 0;
    window.addEventListener("online", () => this.go());
  }

  stop() {
    clearTimeout(this.timer);
    this.busy = false;
    this.pause = AGAIN_MS;
  }

  go() {
    clearTimeout(this.timer);
    const item = memory.items.filter((each) => each.state === "waiting")[0];
    if (this.busy || !item) return;
    const mine = memory;
    this.busy = true;
    this.told("typing");
    const body = { id: item.id, text: item.send, language: memory.lang };
    askAsVisitor("POST", "/messages", body, (status, answer, wait) => {
      if (mine !== memory) return; // a new conversation began meanwhile
      this.busy = false;
      this.settle(item, status, answer, wait);
    });
  }

  settle(item, status, answer, wait) {
    if (status === 200 && answer) return this.done(item, answer);
    if (status === 0 || status >= 500 || status === 401 || status === 408) return this.later(item, this.pause, offline() ? "offline" : "trouble");
    if (status === 429) return this.later(item, wait * 1000 || this.pause, "busy", answer && answer.detail);
    item.state = "failed";
    this.finish(item, status === 403 ? "refused" : "failed");
  }

  done(item, answer) {
    item.state = "done";
    this.pause = AGAIN_MS;
    this.finish(item, "");
    this.answered(answer);
  }

  finish(item, key) {
    keep();
    this.changed(item);
    this.told(key);
    this.go();
  }

  later(item, wait, key, sentence) {
    item.tried = true;
    keep();
    this.changed(item);
    this.told(key, sentence);
    this.timer = setTimeout(() => this.go(), wait);
    this.pause = Math.min(this.pause * 2, RARELY_MS);
  }
}

function offline() {
  return navigator.onLine === false;
}
