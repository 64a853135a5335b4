// Follows a conversation that a person of the helpline is asked to take, or has: asks every few seconds what
// they wrote. Nothing is asked while nobody has been called.

const EVERY_MS = 4000;

// `memory()` holds session, person ("waiting", "taken" or null) and last (the id of the last message drawn);
// `arrived` draws messages, `changed` shows who answers.
export function follow({ memory, arrived, changed, keep }) {
  let timer = 0;

  function set(state) {
    memory().person = state;
    keep();
    changed(state);
    clearTimeout(timer);
    if (state) timer = setTimeout(look, EVERY_MS);
  }

  async function look() {
    clearTimeout(timer);
    const mine = memory();
    const found = await ask(mine);
    if (mine !== memory()) return; // a new conversation began meanwhile
    if (!found) return set(mine.person); // the network, or the store: asked again later
    // Two looks may cross: what is drawn already is not drawn again.
    const fresh = found.messages.filter((message) => message.id > (mine.last || 0));
    if (fresh.length) {
      mine.last = fresh.at(-1).id;
      arrived(fresh);
    }
    if (!found.handover && found.messages.length) return look(); // there may be more than one page of them
    set(found.handover);
  }

  return {
    // After an answer: what a person wrote is fetched with its id, so that it is drawn once and in order.
    async tell(answer) {
      const aside = answer.replies.some((reply) => reply.speaker !== "bot");
      if (!answer.handover && !aside && !memory().person) return;
      if (answer.handover) set(answer.handover);
      if (aside || !answer.handover) await look();
    },
    resume() { if (memory().person) look(); else changed(null); },
    stop() { clearTimeout(timer); changed(null); },
  };
}

async function ask(mine) {
  const query = new URLSearchParams({ session_id: mine.session, after: mine.last || 0 });
  try {
    const response = await fetch(`/api/v1/messages?${query}`, { signal: AbortSignal.timeout(10000) });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
