
"use strict";
// Filters hide rows and whole tables; without this script everything is shown. Baselines and people are never filtered away.
(function () {
  const form = document.getElementById("filters");
  if (!form) return;
  form.hidden = false;
  const chosen = (name) => (form.elements[name] ? form.elements[name].value : "");
  const wanted = (element, name) => !chosen(name) || (element.dataset[name] || "").split(" ").includes(chosen(name)) || element.dataset[name] === chosen(name);

  function apply() {
    let rows = 0;
    for (const group of document.querySelectorAll(".group")) {
      const task = chosen("task");
      const plays = !task || Array.from(group.querySelectorAll("th[data-task]")).some((cell) => cell.dataset.task === task);
      group.hidden = !["track", "partners", "level"].every((name) => wanted(group, name)) || !plays;
      if (task && plays) group.querySelector("details").open = true;
      for (const cell of group.querySelectorAll("[data-task]")) cell.hidden = Boolean(task) && cell.dataset.task !== task;
      for (const row of group.querySelectorAll("tr[data-kind]")) {
        row.hidden = row.dataset.kind === "model" && !["badge", "weights"].every((name) => wanted(row, name));
        if (!row.hidden && !group.hidden && row.dataset.kind === "model" && row.querySelector("a")) rows += 1;
      }
    }
    document.getElementById("count").textContent = rows + (rows === 1 ? " model" : " models");
    const state = "#" + new URLSearchParams(Array.from(new FormData(form)).filter(([, value]) => value));
    if (state !== (location.hash || "#")) history.replaceState(null, "", state);
  }

  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    const field = form.elements[name];
    if (field && Array.from(field.options || []).some((option) => option.value === value || option.text === value)) field.value = value;
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
