// Saves a form while it is filled in: <form data-autosave="ADDRESS">, state in [data-autosave-state]
// with the texts data-saving, data-saved, data-failed. Nothing is kept in the browser.
"use strict";
document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const state = document.querySelector("[data-autosave-state]");
  let timer = 0;
  let running = null;
  const say = (name) => {
    if (state) {
      state.textContent = state.dataset[name] || "";
      state.dataset.now = name;
    }
  };
  const save = async () => {
    if (running) running.abort();
    running = new AbortController();
    say("saving");
    try {
      const body = new FormData(form);
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body, signal: running.signal, headers: { "X-Autosave": "1" },
      });
      // Closed in the meantime: the button sends what stands here to the page that keeps it.
      say(answer.ok ? "saved" : answer.status === 403 || answer.status === 404 ? "ended" : "failed");
      if (answer.ok) document.dispatchEvent(new CustomEvent("gw-saved"));
    } catch (error) {
      if (error.name !== "AbortError") say("failed");
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 1200);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    if (running) running.abort();
  });
});
