// The conversation as plain text, to save or to print. It never leaves the device.

function transcript() {
  const lines = [word("title") + " · 1800-1800-888", new Date().toLocaleString("en-IN"), ""];
  memory.items.forEach((item) => {
    if (item.mine) return lines.push(word("you") + ": " + item.mine, "");
    item.replies.forEach((reply) => {
      lines.push(word(reply.speaker === "staff" ? "staff" : "assistant") + ": " + reply.text);
      (reply.sources || []).forEach((source) => lines.push("  " + sourceLine(source, reply.language)));
      lines.push("");
    });
  });
  return lines.join("\n");
}

function sourceLine(source, language) {
  const date = source.as_of ? ", " + readableDate(source.as_of, language) : "";
  return word("source") + ": " + source.title + date + (source.url ? ", " + source.url : "");
}

function saveTranscript() {
  const address = URL.createObjectURL(new Blob([transcript()], { type: "text/plain;charset=utf-8" }));
  const link = make("a", { href: address, download: "odop-sahayak-" + new Date().toISOString().slice(0, 10) + ".txt" });
  document.body.appendChild(link);
  link.click();
  document.body.removeChild(link);
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// In an empty frame of its own: the site around it is not printed.
function printTranscript() {
  const frame = make("iframe", { title: word("print"), "aria-hidden": "true", tabindex: "-1" });
  ["position", "width", "height", "border"].forEach((name, index) => { frame.style[name] = ["fixed", "0", "0", "0"][index]; });
  document.body.appendChild(frame);
  const sheet = frame.contentDocument;
  sheet.documentElement.lang = memory.lang;
  sheet.body.style.whiteSpace = "pre-wrap";
  sheet.body.style.font = "12pt/1.5 sans-serif";
  sheet.body.textContent = transcript();
  frame.contentWindow.onafterprint = () => document.body.removeChild(frame);
  frame.contentWindow.focus();
  frame.contentWindow.print();
}
