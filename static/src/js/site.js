"use strict";
// Everything works without this file; it only helps.

// A second click on a form that is under way is swallowed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) { return; }
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  window.setTimeout(() => { delete form.dataset.sent; }, 4000);
});

// A theme is put on at once: nothing typed is lost, the page stays where it is.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-switch]") || !event.submitter) { return; }
  event.preventDefault();
  delete form.dataset.sent;
  const data = new FormData(form);
  data.set(event.submitter.name, event.submitter.value); // older browsers leave the button out
  document.documentElement.dataset.bsTheme = event.submitter.value;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === event.submitter));
  }
  form.closest("details").open = false;
  await fetch(form.action, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
});

// An open menu closes with Escape and when the reader goes elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.tool-menu[open]")) {
    if (menu !== except) { menu.open = false; }
  }
}
document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details.tool-menu")));
document.addEventListener("focusin", (event) => closeMenus(event.target.closest?.("details.tool-menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") { return; }
  const menu = document.querySelector("details.tool-menu[open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// What is folded is printed as well, and folded again after; what is to be filled in is not.
window.addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("main details:not([open])")) {
    if (!part.querySelector("form")) { part.open = true; part.dataset.printed = "1"; }
  }
});
window.addEventListener("afterprint", () => {
  for (const part of document.querySelectorAll("details[data-printed]")) { part.open = false; delete part.dataset.printed; }
});

// The summary of errors gets the focus, so that a screen reader starts there.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector('[role="alert"][tabindex="-1"]')?.focus();
});
