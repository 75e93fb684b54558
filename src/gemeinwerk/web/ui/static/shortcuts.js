// Keys for the desk: j/k move through the inbox, Enter opens, "/" searches, and any element with
// data-key answers to its key. Silent while somebody types or holds a modifier.
"use strict";
(() => {
  const typing = (element) => element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const move = (step) => {
    const rows = [...document.querySelectorAll("[data-inbox] [data-row]")];
    if (!rows.length) return;
    const at = rows.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/") {
      const field = document.querySelector("input[type=search]");
      if (!field) return;
      field.focus();
    } else {
      const target = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === event.key);
      if (!target) return;
      if (target.tagName === "DETAILS") {
        target.open = !target.open;
        target.querySelector("summary").focus();
      } else target.click();
    }
    event.preventDefault();
  });
})();
