"use strict";
// A score sheet: adds up as one marks, saves by itself. Everything works without this file: the sheet is saved by its button.
(() => {
  const form = document.getElementById("sheet");
  if (!form) return;
  const total = document.getElementById("sheet-total"), done = document.getElementById("sheet-done"), state = document.getElementById("sheet-state");
  if (!total) return; // handed in: there is nothing left to mark
  const say = form.dataset, WAIT = 2500, RETRY = 15000;
  let dirty = false, saving = false, timer = 0, stopped = false, leaving = false;

  const controls = () => [...form.querySelectorAll("[data-points]")];
  function add() {
    let sum = 0, marked = 0;
    const names = new Set(controls().map((control) => control.name));
    for (const name of names) {
      const all = controls().filter((control) => control.name === name);
      const given = all[0].type === "radio" ? all.find((control) => control.checked) : all[0];
      if (!given || given.value === "" || Number.isNaN(Number(given.value))) continue;
      marked += 1;
      sum += given.dataset.mode === "percent" ? Number(given.dataset.points) * Number(given.value) / 100 : Number(given.value);
    }
    total.textContent = String(Math.round(sum * 100) / 100);
    done.textContent = `${marked} / ${names.size}`;
  }
  function tell(text, bad) { state.textContent = text; state.classList.toggle("is-bad", Boolean(bad)); }
  function later(wait) { window.clearTimeout(timer); timer = window.setTimeout(save, wait); }
  async function save() {
    if (!dirty || saving || stopped) return;
    saving = true; dirty = false; tell(say.saving);
    try {
      const answer = await fetch(form.action || location.href, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1", Accept: "application/json" }, redirect: "error" });
      const given = await answer.json();
      if (answer.ok) { form.elements.version.value = given.version; document.querySelectorAll("[data-sheet-version]").forEach((field) => { field.value = given.version; }); tell(say.saved); }
      else { stopped = true; tell(given.error, true); }
    } catch { dirty = true; tell(say.offline, true); later(RETRY); }
    saving = false;
    if (dirty && !stopped) later(WAIT);
  }
  function changed() { dirty = true; add(); if (!stopped) { tell(say.unsaved); later(WAIT); } }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => { leaving = true; window.clearTimeout(timer); stopped = true; });
  window.addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });
  add();
})();
