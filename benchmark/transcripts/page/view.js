"use strict";
const parley = (() => {
  const PAGE = 50;
  const main = document.getElementById("main");
  const dialog = document.getElementById("prompt");
  const said = document.getElementById("said");
  const loaded = new Map();
  const waiting = new Map();
  const facets = ["task", "level", "condition", "outcome"];
  const looks = {
    "": ["all", () => true],
    lucky: ["right by luck (not licensed)", (one) => one.lucky],
    earned: ["right and earned", (one) => one.earned],
    wrong: ["decided and wrong", (one) => one.outcome === "decided" && !one.success],
    undecided: ["not decided", (one) => one.outcome !== "decided"],
    psychic: ["said what nobody had told them", (one) => one.psychic > 0],
  };
  let all, list, view;

  // ---- building blocks: whatever a model wrote enters the page as text, never as markup

  function make(tag, given = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  }

  const address = (given) => "#" + new URLSearchParams(Object.entries(given).filter(([, value]) => value !== "" && value !== null && value !== undefined));
  const asked = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const turned = (truth) => (truth === null ? "–" : truth ? "yes" : "no");
  const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

  function load(number) {
    if (!waiting.has(number)) {
      waiting.set(number, new Promise((done, failed) => {
        loaded.set(number, done);
        const folder = String(Math.floor(number / 100)).padStart(4, "0"), name = String(number % 100).padStart(2, "0");
        document.head.append(make("script", { src: `episodes/${folder}/${name}.js`, onerror: () => failed(new Error(`episodes/${folder}/${name}.js is missing`)) }));
      }));
    }
    return waiting.get(number);
  }

  // ---- the list

  function chosen(given) {
    const kept = looks[given.look] || looks[""];
    return list.filter((one) => facets.every((name) => !given[name] || String(one[name]) === given[name]) && kept[1](one));
  }

  function select(label, name, options, value, change) {
    const field = make("select", { name, onchange: (event) => change(name, event.target.value) });
    field.append(...options.map(([option, words]) => make("option", { value: option, selected: option === value }, words)));
    return make("label", {}, label, " ", field);
  }

  function showList(given) {
    const found = chosen(given);
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    const page = Math.min(Math.max(1, Number(given.page) || 1), pages);
    const change = (name, value) => { location.hash = address({ ...asked(), [name]: value, page: "" }); };
    const fields = facets.map((name) => {
      const values = [...new Set(list.map((one) => String(one[name])))];
      return values.length > 1 ? select(name, name, [["", "all"], ...values.map((value) => [value, value])], given[name] || "", change) : null;
    });
    const look = select("look at", "look", Object.entries(looks).map(([name, [words]]) => [name, words]), given.look || "", change);
    const rows = found.slice((page - 1) * PAGE, page * PAGE).map((one) => make("tr", {},
      make("th", { scope: "row" }, make("a", { href: address({ ...given, episode: one.id }) }, `world ${one.index}${one.repeat ? `, repeat ${one.repeat}` : ""}`)),
      ...[one.task, one.level, one.condition, one.tested, one.outcome, turned(one.success), earning(one), one.words].map((value) => make("td", {}, String(value)))));
    const heads = ["world", "task", "level", "condition", "seats", "outcome", "right", "earned", "words"];
    const step = (to, words) => (to >= 1 && to <= pages ? make("a", { href: address({ ...given, page: to }) }, words) : make("span", { class: "soft" }, words));
    document.title = `Parley: ${all.model}`;
    main.replaceChildren(
      make("h1", {}, `Transcripts of ${all.model}`),
      make("p", { class: "soft" }, `run ${all.run} · ${plural(list.length, "episode")} of ${all.plan.toLocaleString("en")} planned`),
      make("form", { onsubmit: (event) => event.preventDefault() }, fields, look),
      make("p", {}, `${plural(found.length, "episode")}${pages > 1 ? `, page ${page} of ${pages}` : ""}`),
      make("div", { class: "scroll" }, make("table", {},
        make("caption", {}, "Right: all commits were jointly right. Earned: and every commit followed from what its seat knew and was told."),
        make("thead", {}, make("tr", {}, heads.map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, rows))),
      pages > 1 ? make("nav", { "aria-label": "pages" }, step(page - 1, "← previous"), " ", step(page + 1, "next →")) : "",
    );
  }

  const earning = (one) => (one.earned === null ? "–" : one.lucky ? "no: luck" : turned(one.earned));

  // ---- one episode, or two twins

  async function showEpisode(given) {
    const ids = [given.episode, given.beside].filter(Boolean);
    const rows = ids.map((id) => list.find((one) => one.id === id));
    if (rows.includes(undefined)) return lost("There is no such episode in this run.");
    let found;
    try {
      found = await Promise.all(rows.map((one) => load(one.number)));
    } catch (error) {
      return lost(error.message);
    }
    if (asked().episode !== given.episode || asked().beside !== given.beside) return;
    const panes = found.map(pane);
    const last = Math.max(...panes.map((one) => one.steps.length)) - 1;
    view = { ids: ids.join("|"), panes, last };
    document.title = `${rows[0].task}, ${rows[0].condition}, world ${rows[0].index}`;
    main.replaceChildren(head(rows[0], given), make("div", { class: `panes of${panes.length}` }, panes.map((one) => one.node)));
    go(Number.parseInt(given.step, 10), false);
  }

  function lost(words) {
    main.replaceChildren(make("h1", {}, "Not found"), make("p", {}, words), make("p", {}, make("a", { href: "#" }, "All episodes")));
  }

  function head(row, given) {
    const same = (one) => ["task", "level", "index", "repeat", "tested"].every((name) => one[name] === row[name]);
    const twins = list.filter((one) => same(one) && one.id !== row.id);
    const rest = chosen(given), place = rest.findIndex((one) => one.id === row.id);
    const next = (one, words) => (one ? make("a", { href: address({ ...given, episode: one.id, beside: "", step: "" }) }, words) : "");
    const { episode, beside, step, ...filters } = given;
    const options = [["", "nothing"], ...twins.map((one) => [one.id, one.condition])];
    return make("header", {},
      make("nav", { "aria-label": "episodes" }, make("a", { href: address(filters) }, "All episodes"), next(rest[place - 1], "← previous"), next(place < 0 ? null : rest[place + 1], "next →")),
      make("h1", {}, `${row.task}, world ${row.index}${row.repeat ? `, repeat ${row.repeat}` : ""}`),
      twins.length ? make("form", { onsubmit: (event) => event.preventDefault() }, select("beside it, the same world in", "beside", options, beside || "", (name, value) => { location.hash = address({ ...asked(), [name]: value }); })) : "",
      make("p", { class: "keys" },
        make("button", { type: "button", onclick: () => go(view.at - 1, true) }, "← back a step"), " ",
        make("button", { type: "button", onclick: () => go(view.at + 1, true) }, "a step on →"), " ",
        make("span", { id: "where" }), " ", make("span", { class: "soft" }, "Arrow keys step; Home and End go to the first and the last.")));
  }

  function pane(episode) {
    const names = Object.fromEntries(episode.seats.map((one) => [one.seat, one.name]));
    const chips = episode.facts.map((fact) => ({ fact, node: make("li", { class: `chip${fact.needed ? " needed" : ""}` }, make("span", { class: "mark" }), ` ${fact.text} `, make("span", { class: "fate" })) }));
    const columns = episode.seats.map((seat) => make("section", { class: "seat" },
      make("h3", {}, seat.name, " ", make("span", { class: "soft" }, `seat ${seat.seat}`)),
      make("p", { class: "soft" }, `${seat.model}${seat.fixed ? " (plays this seat whoever is tested)" : ""}. ${sight(seat, names)}`),
      make("ul", { class: "chips", tabindex: "0", "aria-label": `notes of ${seat.name}` }, chips.filter((one) => one.fact.holders[0] === seat.seat).map((one) => one.node))));
    const wide = episode.seats.length <= 4;
    const steps = episode.steps.map((step, place) => make("li", { class: `step ${step.kind}`, tabindex: "-1", onclick: () => go(place, false) }, cells(episode, step, names)));
    const node = make("article", { class: `pane${wide ? " wide" : ""}`, style: null },
      make("h2", {}, episode.condition, " ", make("span", { class: "soft" }, all.conditions[episode.condition] || "")),
      make("p", {}, verdict(episode)),
      make("div", { class: `columns c${episode.seats.length + 1}` }, columns, make("section", { class: "referee" }, make("h3", {}, "Referee"),
        make("p", { class: "soft" }, "Sees everything. A note is marked ", make("b", {}, "○"), " untold, ", make("b", {}, "◐"), " told, ", make("b", {}, "●"), " taken up by a partner; underlined: needed."),
        make("details", {}, make("summary", {}, "The scene, and what everyone knows"), make("p", { class: "text" }, episode.brief), make("ul", {}, episode.public.map((text) => make("li", {}, text)))))),
      make("ol", { class: `steps c${episode.seats.length + 1}` }, steps));
    return { node, steps, chips, episode };
  }

  function sight(seat, names) {
    const others = seat.sees.filter((one) => one !== seat.seat).map((one) => names[one]);
    const writes = seat.writes.length > 1 ? ` One instance writes for ${seat.writes.map((one) => names[one]).join(", ")}.` : "";
    return (others.length ? `Sees the notes of ${others.join(", ")} too.` : "Sees these notes and no others.") + writes;
  }

  function verdict(episode) {
    const score = episode.score, value = score.value;
    const words = [episode.outcome === "decided" ? (score.success ? "Right" : "Wrong") : episode.outcome];
    if (score.grounding_success !== null) words.push(score.lucky ? "by luck: some commit did not follow from what its seat knew and was told" : score.grounding_success ? "and earned" : "");
    const figures = `value ${value.raw} (floor ${value.floor}, best ${value.best}); ${score.facts.needed} notes needed, ${score.facts.presented} told, ${score.facts.taken_up} taken up; ${plural(score.turns, "turn")}, ${plural(score.words, "word")}${score.psychic ? `; said ${plural(score.psychic, "thing")} that nobody had told` : ""}`;
    return [make("b", {}, words.filter(Boolean).join(", ") + "."), ` ${figures}.`];
  }

  function cells(episode, step, names) {
    const number = step.kind === "reveal" ? [] : episode.seats.map((seat) => make("div", { class: seat.seat === step.seat ? "cell own" : "cell other" }, seat.seat === step.seat ? own(episode, step, names) : other(step, seat)));
    if (step.kind === "reveal") {
      const columns = episode.seats.map((seat) => make("div", { class: "cell own" }, step.news.filter((fact) => !fact.holders.length || fact.holders.some((one) => seat.sees.includes(one))).map((fact) => make("p", { class: "text" }, fact.text))));
      return [...columns, make("div", { class: "cell notes" }, `Round ${step.round + 1} begins.`)];
    }
    return [...number, make("div", { class: "cell notes" }, notes(episode, step, names))];
  }

  function own(episode, step, names) {
    const calls = step.calls.map((place) => [place, episode.calls[place]]).filter(([, call]) => call);
    const who = make("b", { class: "who" }, names[step.seat], step.to ? ` to ${names[step.to]} alone` : "", step.kind === "commit" ? " commits" : "", ": ");
    const buttons = calls.map(([place, call]) => make("button", { type: "button", class: "small", onclick: (event) => { event.stopPropagation(); showPrompt(episode, place, names); } }, call.kind === "repair" ? "prompt of the repair" : "prompt"));
    const thoughts = calls.filter(([, call]) => call.thought).map(([, call]) => make("details", { class: "thought" }, make("summary", {}, "thought (heard by nobody)"), make("p", { class: "text" }, call.thought)));
    const body = step.kind === "turn" ? make("p", { class: "text" }, who, step.text || make("i", {}, "(nothing)"))
      : step.kind === "commit" ? make("p", { class: "text" }, who, "answer" in step ? make("code", {}, JSON.stringify(step.answer)) : make("i", {}, "no usable answer"))
      : make("p", { class: "text" }, who, make("i", {}, `a call (${step.of}) that came to nothing here`));
    const written = calls.filter(([, call]) => call.raw !== step.text).map(([, call]) => make("details", {}, make("summary", {}, call.kind === "repair" ? "the repair as written" : "as written"), make("p", { class: "text" }, call.raw)));
    return [body, thoughts, written, buttons];
  }

  function other(step, seat) {
    if (step.kind !== "turn") return "";
    const hears = !step.to || seat.writes.includes(step.to) || seat.writes.includes(step.seat);
    return make("span", { class: "soft" }, hears ? "hears it" : "does not hear it");
  }

  function notes(episode, step, names) {
    const marks = [];
    if (step.kind === "turn") {
      for (const fact of episode.facts) {
        if (fact.told === step.turn) marks.push(make("p", { class: "event" }, `◐ told: ${fact.text}`));
        if (fact.taken_up === step.turn) marks.push(make("p", { class: "event" }, `● taken up: ${fact.text}`));
      }
      if (step.claims.length) marks.push(make("details", {}, make("summary", {}, `reads ${plural(step.claims.length, "claim")}`), make("ul", {}, step.claims.map((claim) => make("li", {}, claim)))));
    } else if (step.kind === "commit" && step.last) {
      const seat = episode.seats.find((one) => one.seat === step.seat);
      if (seat.delegated) marks.push(make("p", { class: "event" }, "✓ licensed by a partner's proposal"));
      else if (seat.licensed) marks.push(make("p", { class: "event" }, "✓ licensed: it follows from what this seat knew and was told"));
      else if (seat.licensed === false) marks.push(make("p", { class: "event warn" }, episode.score.success ? "▲ not licensed: right by luck" : "▲ not licensed"));
    }
    return marks;
  }

  function chat(episode, place) {
    const call = episode.calls[place];
    return [...(call.like === null ? [] : chat(episode, call.like).slice(0, call.keep)), ...call.more];
  }

  function showPrompt(episode, place, names) {
    const call = episode.calls[place], messages = chat(episode, place), usage = call.usage;
    dialog.replaceChildren(
      make("h2", { id: "prompt-title" }, `What was sent for ${names[call.seat]} (${call.kind}, call ${place + 1})`),
      make("p", { class: "soft" }, `${plural(messages.length, "message")}; ${usage.prompt} prompt tokens (${usage.cached} cached), ${usage.completion} written; ${plural(call.retries, "retry").replace("retrys", "retries")}, ${call.seconds} s; ended by ${call.finish}`),
      make("button", { type: "button", onclick: () => dialog.close() }, "Close"),
      ...messages.map(([role, content]) => make("section", { class: `message ${role}` }, make("h3", {}, role), make("pre", {}, content))),
      make("section", { class: "message reply" }, make("h3", {}, "what came back"), make("pre", {}, call.raw)));
    dialog.showModal();
    dialog.scrollTop = 0;
  }

  // ---- stepping

  function go(to, moved) {
    view.at = Number.isNaN(to) ? view.last : Math.min(Math.max(0, to), view.last);
    for (const { steps, chips, episode } of view.panes) {
      const here = Math.min(view.at, steps.length - 1);
      steps.forEach((node, place) => {
        node.classList.toggle("later", place > here);
        if (place === here) node.setAttribute("aria-current", "step");
        else node.removeAttribute("aria-current");
      });
      const turn = Math.max(-1, ...episode.steps.slice(0, here + 1).map((step) => (step.kind === "turn" ? step.turn : -1)));
      for (const { fact, node } of chips) light(node, fact, turn);
      if (moved) steps[here]?.scrollIntoView({ block: "nearest" });
    }
    const where = `step ${view.at + 1} of ${view.last + 1}`;
    document.getElementById("where").textContent = where;
    if (moved) {
      const step = view.panes[0].episode.steps[view.at];
      said.textContent = step ? `${where}. ${view.panes[0].steps[view.at].innerText}` : where;
      history.replaceState(null, "", address({ ...asked(), step: view.at }));
    }
  }

  function light(node, fact, turn) {
    const taken = fact.taken_up !== null && fact.taken_up <= turn, told = fact.told !== null && fact.told <= turn;
    node.dataset.state = taken ? "taken" : told ? "told" : "untold";
    node.querySelector(".mark").textContent = taken ? "●" : told ? "◐" : "○";
    node.querySelector(".fate").textContent = taken ? `(told in turn ${fact.told + 1}, taken up in turn ${fact.taken_up + 1})` : told ? `(told in turn ${fact.told + 1}${fact.echo ? ", then only repeated" : ""})` : "";
  }

  document.addEventListener("keydown", (event) => {
    if (!asked().episode || !view || dialog.open || event.altKey || event.ctrlKey || event.metaKey || event.target.matches("select, input, summary")) return;
    const to = { ArrowRight: view.at + 1, ArrowDown: view.at + 1, ArrowLeft: view.at - 1, ArrowUp: view.at - 1, Home: 0, End: view.last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to, true);
  });

  function show() {
    const given = asked();
    if (given.episode) return showEpisode(given);
    view = undefined;
    showList(given);
  }

  window.addEventListener("hashchange", () => {
    show();
    main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  });

  return {
    episodes(found) {
      all = found;
      list = found.rows.map((row, number) => Object.fromEntries([["number", number], ...found.columns.map((name, place) => [name, row[place]])]));
      show();
    },
    episode: (found) => loaded.get(found.number)(found),
  };
})();
