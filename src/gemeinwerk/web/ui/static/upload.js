// Shows how far an upload is and what was chosen: <form data-upload-form> with an input
// data-upload and a <progress data-upload-progress hidden max="100">. Without it the form is
// simply sent. The answer of the server is shown as after an ordinary submit.
"use strict";
document.querySelectorAll("form[data-upload-form]").forEach((form) => {
  const bar = form.querySelector("[data-upload-progress]");
  if (!bar) return;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !form.querySelector("[data-upload]")?.files.length) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    const request = new XMLHttpRequest();
    bar.hidden = false;
    request.upload.addEventListener("progress", (step) => {
      if (step.lengthComputable) bar.value = Math.round((step.loaded / step.total) * 100);
    });
    request.addEventListener("load", () => {
      // A redirect was followed already: go where it led. Otherwise show the page with the faults.
      if (request.responseURL && request.responseURL !== form.action) location.assign(request.responseURL);
      else {
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        document.title = page.title;
        document.body.replaceWith(page.body);
        document.querySelector("[data-focus]")?.focus();
      }
    });
    request.addEventListener("error", () => HTMLFormElement.prototype.submit.call(form));
    request.open("POST", form.action);
    request.send(data);
  });
});
