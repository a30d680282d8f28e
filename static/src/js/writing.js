"use strict";
// A section of the form: saves while one writes, keeps a copy in the tab, counts signs, takes tables from a spreadsheet, uploads with a bar.
// Everything works without this file: the form is saved by its button.
(() => {
  const form = document.getElementById("writing");
  if (!form) return;
  const say = form.dataset, state = document.getElementById("writing-state"), note = document.getElementById("writing-note");
  const COPY = `writing:${say.person}:${location.pathname}`, WAIT = 3000, RETRY = 10000, LONGEST_WAIT = 15000;
  const OWN = ["csrfmiddlewaretoken", "seen", "version", "writer", "page", "again"];
  let dirty = false, timer = 0, firstChange = 0, saving = null, stopped = say.hold === "1", leaving = false;

  const uploads = new Set(), field = (name) => form.elements.namedItem(name);
  const show = (text) => { state.textContent = text; };
  function tell(text, ...more) { note.replaceChildren(document.createTextNode(text + " "), ...more); note.hidden = !text; }
  function action(words, act) {
    const button = document.createElement("button");
    button.type = "button"; button.className = "btn btn-sm"; button.textContent = words; button.addEventListener("click", act);
    return button;
  }
  function words() {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") found.append(name, value);
    return found;
  }

  // The copy in this tab: until the server has the words.
  const bare = (given) => { const kept = new URLSearchParams(given); OWN.forEach((name) => kept.delete(name)); return kept.toString(); };
  function copy(sent) {
    try { sessionStorage.setItem(COPY, JSON.stringify({ words: bare(words()), version: Number(field("version").value), sent })); } catch { /* full or forbidden: the server still has it */ }
  }
  function forget() { try { sessionStorage.removeItem(COPY); } catch { /* as above */ } }
  function copied() { try { return JSON.parse(sessionStorage.getItem(COPY) || "null"); } catch { return null; } }
  function putBack(text) {
    const given = new URLSearchParams(text);
    for (const control of form.elements) {
      if (!control.name || OWN.includes(control.name) || control.type === "file") continue;
      if (control.type === "checkbox" || control.type === "radio") control.checked = given.getAll(control.name).includes(control.value);
      else if (given.has(control.name)) control.value = given.get(control.name);
    }
    changed();
  }

  // Saving.
  function changed() {
    dirty = true;
    firstChange ||= Date.now();
    show(say.unsaved);
    copy(false);
    window.clearTimeout(timer);
    if (!stopped) timer = window.setTimeout(save, Math.max(0, Math.min(WAIT, firstChange + LONGEST_WAIT - Date.now())));
  }
  function save(last) {
    if (!stopped && !saving && !leaving && dirty) saving = send(last).finally(() => { saving = null; });
  }
  async function send(last) {
    dirty = false; firstChange = 0;
    show(say.saving);
    const sent = words();
    try {
      const answer = await fetch(say.autosave, { method: "POST", body: sent, headers: { "X-Autosave": "1" }, credentials: "same-origin", redirect: "error", keepalive: last === true && sent.toString().length < 60000 });
      if (answer.ok) took(await answer.json());
      else if (answer.status < 500) refused(answer.status, await answer.json().catch(() => ({})));
      else failed();
    } catch { failed(); }
  }
  function took(stored) {
    field("again").value = "";
    field("version").value = stored.version;
    const marks = new Map(field("seen").value.split(" ").filter(Boolean).map((pair) => pair.split(":")));
    stored.seen.forEach((pair) => marks.set(...pair.split(":")));
    field("seen").value = [...marks].map((pair) => pair.join(":")).join(" ");
    tell(stored.others.length ? `${say.others} ${stored.others.join("、")}` : "");
    if (dirty) { changed(); return; }
    forget();
    show(`${say.saved} ${stored.at}`);
  }
  function refused(status, told) {
    dirty = true; stopped = true;
    show(say.unsaved);
    if (status === 401) {
      const link = document.createElement("a");
      link.href = say.login; link.textContent = say.signIn; link.className = "btn btn-sm btn-primary";
      leaving = true; // what was sent is held on the server
      tell(say.signedOut, link);
    } else if (status === 409) {
      tell(`${say.conflict} ${(told.changed || []).join("、")}`, action(say.compare, () => form.querySelector('button[name="stay"]').click()));
    } else tell(told.told || say.unsaved);
  }
  function failed() {
    dirty = true;
    field("again").value = "1"; // the server may have it all the same: then it is no other person's change
    show(say.unsaved); tell(say.offline);
    window.clearTimeout(timer);
    timer = window.setTimeout(save, RETRY);
  }
  form.addEventListener("input", (event) => { if (event.target.type !== "file") { count(event.target); changed(); } });
  form.addEventListener("change", (event) => { if (event.target.type === "file") upload(event.target); });
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    if (saving || uploads.size) { // their answers say what the server has now
      const button = event.submitter;
      event.preventDefault(); event.stopImmediatePropagation();
      Promise.allSettled([saving, ...uploads]).then(() => button.click());
      return;
    }
    leaving = true; copy(true);
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(true); });
  window.addEventListener("online", () => save());
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty && !leaving) { save(true); event.preventDefault(); } });

  // How much of the space is used.
  function count(control) {
    const group = control.closest("[data-longest]");
    const longest = Number(group?.dataset.longest || control.dataset.longest || 0), counter = control.closest(".question")?.querySelector(".field-count");
    if (!longest || !counter) return;
    const all = group ? [...control.closest(".question").querySelectorAll("textarea")] : [control];
    const used = all.reduce((sum, one) => sum + [...one.value].length, 0);
    counter.textContent = say.count.replace("{n}", used).replace("{longest}", longest);
    counter.classList.toggle("is-over", used > longest);
  }
  form.querySelectorAll("textarea").forEach(count);

  // Cells copied in a spreadsheet, pasted into a cell of the table: they fill the cells to the right and below, where all of them fit.
  form.addEventListener("paste", (event) => {
    const table = event.target.closest("[data-table]"), text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (!table || !text || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const grid = [...table.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td .form-control, td .form-select")]);
    const top = grid.findIndex((row) => row.includes(event.target)), left = grid[top].indexOf(event.target);
    const lines = text.split("\n").map((line) => line.split("\t").map((cell) => cell.trim()));
    const fits = !text.includes('"') && lines.every((line, n) => grid[top + n] && left + line.length <= grid[top + n].length);
    if (!fits) {
      const area = table.parentElement.querySelector('textarea[name$="-paste"]');
      area.closest("details").open = true; area.value = text; area.focus(); changed();
      return;
    }
    lines.forEach((line, n) => line.forEach((cell, m) => place(grid[top + n][left + m], cell)));
    changed();
  });
  function place(control, text) {
    if (control.tagName !== "SELECT") { control.value = text; return; }
    const found = [...control.options].find((option) => option.text.trim() === text || option.value === text);
    if (found) control.value = found.value;
  }

  // Files go up at once, with a bar.
  function upload(input) {
    const box = input.closest(".upload");
    if (!box || !input.files.length || !window.FormData) return;
    const refusal = box.querySelector("[data-refused]"), bar = box.querySelector("[data-progress]"), key = box.dataset.field;
    const tooLarge = [...input.files].find((file) => file.size > Number(say.largest) * 1048576);
    const complain = (texts) => { refusal.textContent = texts.join(" "); refusal.hidden = !texts.length; };
    complain(tooLarge ? [`${tooLarge.name}: ${say.tooLarge}`] : []);
    if (tooLarge) { input.value = ""; return; }
    const sent = new FormData();
    ["csrfmiddlewaretoken", "writer", "page"].forEach((name) => sent.append(name, field(name).value));
    sent.append("field", key);
    if (form.querySelector(`[name="secret-${key}"]`)?.checked) sent.append(`secret-${key}`, "1");
    [...input.files].forEach((file) => sent.append(input.name, file, file.name));
    const request = new XMLHttpRequest();
    input.value = ""; // sent once
    let arrived = null;
    const upcoming = new Promise((done) => { arrived = done; });
    uploads.add(upcoming);
    request.open("POST", say.uploadUrl);
    request.setRequestHeader("X-Autosave", "1");
    request.upload.addEventListener("progress", (event) => {
      bar.hidden = false;
      bar.firstElementChild.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
      bar.lastElementChild.textContent = event.loaded === event.total ? say.checking : "";
    });
    request.addEventListener("loadend", () => {
      bar.hidden = true; uploads.delete(upcoming); arrived();
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { complain([say.failed]); return; }
      if (request.status === 401) { refused(401, answer); return; }
      if (!answer.html) { complain([answer.told || say.failed]); return; }
      box.querySelector("[data-attached]").innerHTML = answer.html;
      complain(answer.told);
    });
    request.send(sent);
  }

  // Words that this tab kept and the server never got.
  const kept = copied();
  if (kept && ((kept.sent && Number(field("version").value) > kept.version) || kept.words === bare(words()) || say.restored === "1")) forget();
  else if (kept) tell(say.kept, action(say.restore, () => { tell(""); putBack(kept.words); }), action(say.discard, () => { forget(); tell(""); }));

  // On a phone the list of sections is folded up.
  if (window.matchMedia("(max-width: 61.9rem)").matches) document.querySelector(".section-nav")?.removeAttribute("open");
})();
