// Keys for the desk: j/k move through the inbox (on a case: to the next and the previous one),
// Enter opens, "/" searches, and any element with data-key answers to its key. Silent while somebody types or holds a modifier. They can be
// switched off (WCAG 2.1.4, for people who dictate); the browser remembers only that.
"use strict";
(() => {
  const typing = (element) => element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const move = (step) => {
    const rows = [...document.querySelectorAll("[data-inbox] [data-row]")];
    if (!rows.length) return false;
    const at = rows.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
    return true;
  };
  let on = localStorage.getItem("gw-keys") !== "off";
  document.querySelectorAll("[data-keys-switch]").forEach((box) => {
    box.checked = on;
    box.closest("[hidden]")?.removeAttribute("hidden");
    box.addEventListener("change", () => {
      on = box.checked;
      localStorage.setItem("gw-keys", on ? "on" : "off");
    });
  });
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const step = { j: 1, k: -1 }[event.key];
    if (step && move(step)) {
      // moved
    } else if (event.key === "/") {
      const field = document.querySelector("input[type=search]");
      if (!field) return;
      field.focus();
    } else {
      const target = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === event.key);
      if (!target) return;
      if (target.tagName === "DETAILS") {
        target.open = !target.open;
        target.querySelector("summary").focus();
        target.scrollIntoView({ block: "nearest" });
      } else if (target.matches("textarea")) {
        target.focus();
      } else target.click();
    }
    event.preventDefault();
  });
})();
