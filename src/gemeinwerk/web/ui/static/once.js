// A form is sent once: a second click while the first is under way does nothing.
// Without a connection nothing is sent, so that the page and what was typed stay.
// Also: focus goes to the error summary, and long texts count down. All pages work without.
"use strict";
(() => {
  const sent = new WeakSet();
  const told = new Set();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    // Told once: the second try is sent, for a server nearby may answer without the internet.
    if (!navigator.onLine && !told.has(form)) {
      told.add(form);
      event.preventDefault();
      tellOffline(button || form.lastElementChild);
      return;
    }
    if (button && button.hasAttribute("data-once")) {
      sent.add(form);
      button.setAttribute("aria-disabled", "true");
      setTimeout(() => release(form), 15000);
    }
  });
  function tellOffline(place) {
    document.querySelectorAll("[data-offline-told]").forEach((line) => line.remove());
    const line = document.createElement("p");
    line.className = "kern-error";
    line.dataset.offlineTold = "";
    line.setAttribute("role", "alert");
    line.textContent = document.body.dataset.offline;
    place.after(line);
    const back = () => {
      line.remove();
      told.clear();
    };
    addEventListener("online", back, { once: true });
  }
  // Coming back by the back button must find living buttons.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form").forEach(release);
  });
  function release(form) {
    sent.delete(form);
    form.querySelectorAll("[data-once]").forEach((b) => b.removeAttribute("aria-disabled"));
  }

  function start() {
    const summary = document.querySelector("[data-focus]");
    if (summary) summary.focus();
    const form = document.querySelector("[data-focus-on]");
    if (form) goTo(document.getElementById(form.dataset.focusOn));
    document.querySelectorAll("[data-limit]").forEach(count);
  }
  // After "add another" or a new question the keyboard is where she goes on.
  function goTo(place) {
    const field = "input:not([type=hidden]), select, textarea";
    const target = place && (place.matches(field) ? place : place.querySelector(field) || place);
    if (target) target.focus();
  }
  function count(area) {
    const limit = Number(area.dataset.limit);
    const line = document.createElement("p");
    line.className = "kern-hint gw-limit";
    line.setAttribute("role", "status");
    area.after(line);
    const show = () => {
      const left = limit - Array.from(area.value.normalize("NFC")).length;
      const near = left <= Math.max(20, limit * 0.2);
      const text = left < 0 ? area.dataset.limitOver : area.dataset.limitText;
      line.textContent = near ? text.replace("{count}", String(Math.abs(left))) : "";
      line.classList.toggle("gw-limit--over", left < 0);
    };
    area.addEventListener("input", show);
    show();
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
