// Speaking instead of typing, where the browser offers it. What was heard is put into the box, to be read
// before it is sent. The first press says where the voice goes; only the second listens.

const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
const SPOKEN = { hi: "hi-IN", "hi-Latn": "hi-IN", en: "en-IN" };

// heard(text), told(key); null where there is nothing to listen with.
function voiceButton(heard, told) {
  if (!Recognition || script.getAttribute("data-voice") === "off") return null;
  let isTold = false, listening = null;
  const button = make("button", { type: "button", class: "round mic", "aria-pressed": "false", "aria-label": word("speak") }, icon("mic"));

  function ended(key) {
    listening = null;
    button.setAttribute("aria-pressed", "false");
    told(key);
  }

  function listen() {
    let result = "not_heard";
    listening = new Recognition();
    listening.lang = SPOKEN[memory.lang];
    listening.onresult = (event) => {
      result = "";
      heard(event.results[0][0].transcript);
    };
    listening.onend = () => ended(result);
    button.setAttribute("aria-pressed", "true");
    told("listening");
    try { listening.start(); } catch (error) { ended("not_heard"); }
  }

  button.addEventListener("click", () => {
    if (listening) return listening.stop();
    if (isTold) return listen();
    isTold = true;
    told("speak_notice");
  });
  return button;
}
