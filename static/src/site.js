"use strict";
// Everything works without this file; it only helps.

// A second click on a form that is under way is swallowed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  window.setTimeout(() => { delete form.dataset.sent; }, 4000);
});

// The summary of errors gets the focus, so that a screen reader starts there.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelector('[role="alert"][tabindex="-1"]')?.focus();
});
