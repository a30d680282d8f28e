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

// A form with files is sent in the background, so that its progress can be shown; the answer is then shown as a page.
function showAnswer(request) {
  if (request.status < 400 && request.responseURL && request.responseURL !== window.location.href) {
    window.location.assign(request.responseURL);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
  if (!answer || request.status < 400) { window.location.reload(); return; }
  document.querySelector("main").replaceWith(answer);
  begin(answer);
  answer.querySelector('[role="alert"]')?.focus();
}

function send(form, box, submitter) {
  const bar = box.querySelector("progress");
  const says = box.querySelector("[data-upload-says]");
  const request = new XMLHttpRequest();
  bar.hidden = false;
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) { return; }
    bar.value = Math.round((100 * event.loaded) / event.total);
    says.textContent = bar.value < 100 ? box.dataset.sending.replace("{n}", String(bar.value)) : box.dataset.checking;
  });
  request.addEventListener("load", () => showAnswer(request));
  request.addEventListener("error", () => { bar.hidden = true; says.textContent = box.dataset.failed; delete form.dataset.sent; });
  request.open("POST", form.action);
  request.send(new FormData(form, submitter));
}

function upload(box) {
  const input = box.querySelector('input[type="file"]');
  const form = box.closest("form");
  const says = box.querySelector("[data-upload-says]");
  const most = Number(box.dataset.most || 0) * 1024 * 1024;
  const tooLarge = () => most > 0 && [...input.files].some((file) => file.size > most);
  input.addEventListener("change", () => { says.textContent = tooLarge() ? box.dataset.tooLarge : ""; });
  for (const name of ["dragover", "dragleave", "drop"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.toggle("is-over", name === "dragover");
      if (name === "drop") { input.files = event.dataTransfer.files; input.dispatchEvent(new Event("change")); }
    });
  }
  form?.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !input.files.length) { return; }
    event.preventDefault();
    if (tooLarge()) { says.textContent = box.dataset.tooLarge; input.focus(); delete form.dataset.sent; return; }
    send(form, box, event.submitter);
  });
}

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
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); pen.beginPath(); pen.moveTo(...at(event)); });
  canvas.addEventListener("pointermove", (event) => { if (event.buttons) { pen.lineTo(...at(event)); pen.stroke(); } });
  canvas.addEventListener("pointerup", () => { kept.value = canvas.toDataURL("image/png"); });
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
document.addEventListener("htmx:afterSwap", (event) => begin(event.target));
