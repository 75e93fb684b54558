// Warns before the session of a citizen ends and lets her extend it: <dialog data-idle="SECONDS"
// data-idle-warn="SECONDS BEFORE" data-idle-keep="ADDRESS"> with a button [data-idle-stay].
// Saving while she types keeps the session, too; then the clock begins anew.
"use strict";
(() => {
  const box = document.querySelector("dialog[data-idle]");
  if (!box) return;
  const life = Number(box.dataset.idle) * 1000;
  const early = Number(box.dataset.idleWarn) * 1000;
  let end = 0;
  let timer = 0;
  const begin = () => {
    clearTimeout(timer);
    end = Date.now() + life;
    timer = setTimeout(warn, life - early);
  };
  const warn = () => {
    if (!box.open) box.showModal();
    clearTimeout(timer);
    timer = setTimeout(leave, Math.max(0, end - Date.now()) + 2000);
  };
  // The page that tells it stands where the answers stood: nobody reads them any more.
  const leave = () => location.reload();
  const stay = async () => {
    box.close();
    try {
      const answer = await fetch(box.dataset.idleKeep, { method: "HEAD" });
      if (answer.ok) begin();
      else leave();
    } catch {
      timer = setTimeout(warn, 15000);
    }
  };
  box.querySelector("[data-idle-stay]").addEventListener("click", stay);
  box.addEventListener("cancel", stay);
  document.addEventListener("gw-saved", begin);
  begin();
})();
