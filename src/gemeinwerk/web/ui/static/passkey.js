// Passkeys: forms with data-passkey ask the browser, put its answer into a field and go on.
// Without this script (or without WebAuthn) the forms stay hidden; the code of the app does the same.
"use strict";
(() => {
  if (!window.PublicKeyCredential) return;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  function asked(options) {
    const wanted = { ...options, challenge: bytes(options.challenge) };
    const ids = (list) => (list || []).map((known) => ({ ...known, id: bytes(known.id) }));
    if (options.user) wanted.user = { ...options.user, id: bytes(options.user.id) };
    if (options.excludeCredentials) wanted.excludeCredentials = ids(options.excludeCredentials);
    if (options.allowCredentials) wanted.allowCredentials = ids(options.allowCredentials);
    return { publicKey: wanted };
  }

  function answered(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: {},
    });
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.passkey.value) return;
      event.preventDefault();
      const state = form.querySelector("[data-passkey-state]");
      state.textContent = "";
      try {
        const options = asked(JSON.parse(form.dataset.options));
        const found = await navigator.credentials[form.dataset.passkey](options);
        form.elements.passkey.value = answered(found);
        form.requestSubmit();
      } catch {
        state.textContent = state.dataset.failed;
      }
    });
  }
})();
