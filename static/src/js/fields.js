"use strict";
// Helps of single fields: how much room is left, how far a file is, a drawn signature. Without this file all of them work plainly.

// How many characters are left; told to screen readers by the description of the field.
function count(note) {
  const field = document.getElementById(note.dataset.countFor);
  if (!field) { return; }
  const show = () => {
    const left = Number(note.dataset.most) - [...field.value].length;
    note.textContent = (left < 0 ? note.dataset.over : note.dataset.left).replace("{n}", String(Math.abs(left)));
    note.classList.toggle("is-over", left < 0);
  };
  field.addEventListener("input", show);
  show();
}

// A form with files is sent in the background, so that its progress can be shown. A redirection comes back as an address (config.middleware);
// any other answer is the page with what is wrong.
function showAnswer(request, fail) {
  const address = request.getResponseHeader("Location");
  if (request.status === 204 && address) {
    const there = new URL(address, window.location.href);
    const here = there.pathname + there.search === window.location.pathname + window.location.search;
    window.location.assign(there.href);
    if (here && there.hash) { window.location.reload(); }
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
  if (!answer) { fail(); return; }
  document.querySelector("main").replaceWith(answer);
  begin(answer);
  (answer.querySelector('[role="alert"]') || answer).focus();
}

function send(form, box, submitter) {
  const bar = box.querySelector("progress");
  const says = box.querySelector("[data-upload-says]");
  const stop = box.querySelector("[data-upload-stop]");
  const request = new XMLHttpRequest();
  const data = new FormData(form);
  const end = (words) => { bar.hidden = true; stop.hidden = true; says.textContent = words; delete form.dataset.sent; delete form.dataset.sending; };
  if (submitter && submitter.name) { data.append(submitter.name, submitter.value); } // older browsers leave it out
  form.dataset.sending = "1";
  bar.value = 0;
  bar.hidden = false;
  stop.hidden = false;
  stop.onclick = () => request.abort();
  says.textContent = box.dataset.sending.replace("{n}", "0");
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) { return; }
    bar.value = Math.round((100 * event.loaded) / event.total);
    says.textContent = bar.value < 100 ? box.dataset.sending.replace("{n}", String(bar.value)) : box.dataset.checking;
  });
  request.upload.addEventListener("load", () => { stop.hidden = true; }); // it is there; what is done with it cannot be taken back
  request.addEventListener("load", () => showAnswer(request, () => end(box.dataset.failed)));
  request.addEventListener("error", () => end(box.dataset.failed));
  request.addEventListener("abort", () => { end(box.dataset.stopped); box.querySelector('input[type="file"]').focus(); });
  request.open("POST", submitter && submitter.hasAttribute("formaction") ? submitter.formAction : form.getAttribute("action") || window.location.href);
  request.setRequestHeader("X-Upload", "1");
  request.send(data);
}

function tooLarge(box) {
  const input = box.querySelector('input[type="file"]');
  const most = Number(box.dataset.most || 0) * 1024 * 1024;
  const found = most > 0 ? [...input.files].find((file) => file.size > most) : undefined;
  box.querySelector("[data-upload-says]").textContent = found ? box.dataset.tooLarge.replace("{name}", found.name) : "";
  box.classList.toggle("is-bad", Boolean(found));
  return found ? input : null;
}

function dropped(input, files) {
  const given = new DataTransfer();
  [...files].slice(0, input.multiple ? files.length : 1).forEach((file) => given.items.add(file));
  input.files = given.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function upload(box) {
  const input = box.querySelector('input[type="file"]');
  input.addEventListener("change", () => tooLarge(box));
  for (const name of ["dragover", "dragleave", "drop"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.toggle("is-over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) { dropped(input, event.dataTransfer.files); }
    });
  }
}

// One for all forms: whichever of their boxes holds files shows how far the form is.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const boxes = [...form.querySelectorAll("[data-upload]")];
  const box = boxes.find((one) => one.querySelector('input[type="file"]').files.length);
  if (event.defaultPrevented || !box) { return; }
  event.preventDefault();
  if (form.dataset.sending) { return; }
  const wrong = boxes.map(tooLarge).find(Boolean);
  if (wrong) { delete form.dataset.sent; wrong.focus(); return; }
  send(form, box, event.submitter);
});

// A signature drawn with pen, finger or mouse; the typed name beside it is what counts, so no keyboard is left out.
function signature(set) {
  const pad = set.querySelector("[data-signature-pad]");
  const canvas = pad.querySelector("canvas");
  const kept = pad.querySelector('input[type="hidden"]');
  const pen = canvas.getContext("2d");
  pad.hidden = false;
  Object.assign(pen, { lineWidth: 5, lineCap: "round", lineJoin: "round", strokeStyle: "#17212b" });
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };
  let drawing = false;
  const line = (event) => { pen.lineTo(...at(event)); pen.stroke(); };
  const lift = () => { if (drawing) { drawing = false; kept.value = canvas.toDataURL("image/png"); } };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) { return; }
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    pen.beginPath();
    pen.moveTo(...at(event));
    line(event); // a touch without a move is a dot
  });
  canvas.addEventListener("pointermove", (event) => { if (drawing) { line(event); } });
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  pad.querySelector("[data-signature-clear]").addEventListener("click", () => { pen.clearRect(0, 0, canvas.width, canvas.height); kept.value = ""; });
}

// A table that is wider than its room is scrolled with the keyboard as well.
function scrollable(box) {
  if (box.scrollWidth <= box.clientWidth + 1) { return; }
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", box.querySelector("caption")?.textContent || document.title);
}

function begin(root) {
  root.querySelectorAll(".table-responsive").forEach(scrollable);
  root.querySelectorAll("[data-count-for]").forEach(count);
  root.querySelectorAll("[data-upload]").forEach(upload);
  root.querySelectorAll("[data-signature]").forEach(signature);
}
document.addEventListener("DOMContentLoaded", () => begin(document));
// Long work that is over is no longer part of the answer: then the page is shown anew, with what came of it.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt, serverResponse } = event.detail;
  if (elt.matches("[data-working]") && !serverResponse.includes(`id="${elt.id}"`)) {
    event.detail.shouldSwap = false;
    window.location.assign(elt.getAttribute("hx-get"));
  }
});
document.addEventListener("htmx:afterSwap", (event) => begin(event.target));
