"use strict";
(() => {
  const talk = document.getElementById("talk"), status = document.getElementById("status"), form = document.getElementById("form");
  const text = document.getElementById("text"), label = document.getElementById("label"), count = document.getElementById("count");
  let state = { version: -1, messages: [], ask: null };

  const wishes = {
    talk: (name) => `What does ${name} say? (nothing is fine too)`,
    answer: (name) => `${name}'s answer: the JSON object, and nothing else`,
    script: () => "The whole talk, one turn a line, each begun with a name and a colon",
  };

  // Whatever others wrote enters the page as text. What would steer the eye is shown by its number.
  const shown = (words) => words.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, (one) => ("\n\t\u200d".includes(one) ? one : `⟨U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`));

  function show() {
    talk.replaceChildren(...state.messages.map(([role, content]) => {
      const node = document.createElement("p");
      node.className = role === "assistant" ? "message own" : "message";
      node.textContent = role === "assistant" ? `You: ${shown(content)}` : shown(content);
      return node;
    }));
    const ask = state.ask;
    if (ask && form.hidden) {
      text.value = "";
      form.hidden = false;
      text.focus();
    }
    form.hidden = !ask;
    if (ask) label.textContent = (wishes[ask.kind] || wishes.talk)(ask.name);
    status.textContent = state.over ? "The dialogues are over. Thank you; you can close this page." : ask ? `Dialogue ${state.dialogue}: it is your turn.` : "Waiting for the others …";
    document.title = state.over ? "Parley: over" : ask ? "● Your turn" : "Parley: waiting";
    measure();
    if (ask) form.scrollIntoView({ block: "end" });
  }

  function measure() {
    const said = text.value.trim();
    const length = said ? Math.max(said.split(/\s+/).length, Math.ceil([...said].length / 6)) : 0;
    const limited = state.ask && state.ask.kind === "talk";
    count.textContent = limited ? `${length} of ${state.ask.words} words.` : "";
    count.classList.toggle("over", Boolean(limited && length > state.ask.words));
  }

  async function send() {
    const sent = await fetch("answer", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ version: state.version, text: text.value }) });
    if (sent.ok) {
      form.hidden = true;
      status.textContent = "Waiting for the others …";
    } else {
      status.textContent = `That was not taken: ${await sent.text()}`;
    }
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  text.addEventListener("input", measure);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); }
  });

  async function follow() {
    for (;;) {
      try {
        const found = await (await fetch(`state?after=${state.version}`)).json();
        if (found.version !== state.version) {
          state = found;
          show();
        }
        if (state.over) return;
      } catch {
        status.textContent = "No connection: the run has ended, or is stopped. This page tries again.";
        await new Promise((done) => setTimeout(done, 1500));
      }
    }
  }
  follow();
})();
