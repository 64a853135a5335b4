// Speaks to the helpline. Every call ends in done(status, body, seconds to wait); status 0: no connection.

const PATIENCE_MS = 45000;
const API = base + "/api/v1/widget";
let longest = 1000;

function ask(method, path, body, done) {
  const call = new XMLHttpRequest();
  call.open(method, API + path);
  call.timeout = PATIENCE_MS;
  if (memory.token) call.setRequestHeader("Authorization", "Bearer " + memory.token);
  if (body) call.setRequestHeader("Content-Type", "application/json");
  call.onloadend = () => done(call.status, parsed(call.responseText), Number(call.getResponseHeader("Retry-After")) || 0);
  call.send(body ? JSON.stringify(body) : null);
}

function parsed(text) {
  try { return JSON.parse(text); } catch (error) { return null; }
}

// With a token, which is fetched or renewed on the way where it must be.
function askAsVisitor(method, path, body, done) {
  if (!memory.token) return enter(() => ask(method, path, body, done), done);
  ask(method, path, body, (status, answer, wait) => {
    if (status !== 401) return done(status, answer, wait);
    enter(() => ask(method, path, body, done), done);
  });
}

function enter(go, fail) {
  const mine = memory;
  ask("POST", "/session?language=" + memory.lang, null, (status, answer, wait) => {
    if (mine !== memory) return fail(0, null, 0); // a new conversation began meanwhile
    if (status === 401 && memory.token) {
      memory.token = null; // the session is over: the next one begins
      return enter(go, fail);
    }
    if (status !== 200 || !answer) return fail(status, answer, wait);
    memory.token = answer.token;
    longest = answer.longest;
    keep();
    go();
  });
}
