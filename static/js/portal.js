/* Small help for pages; everything works without it, only less comfortably. */
(() => {
  "use strict";

  // --- An act that loses something is asked about once, in the page's own dialog ---

  const dialog = document.getElementById("confirm");
  const agreed = new WeakSet();

  function ask(text) {
    dialog.querySelector("#confirm-text").textContent = text;
    dialog.showModal();
    dialog.querySelector("[data-answer=no]").focus();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    });
  }

  if (dialog) {
    dialog.addEventListener("click", (event) => {
      const button = event.target.closest("[data-answer]");
      if (button) dialog.close(button.dataset.answer);
    });
    dialog.addEventListener("cancel", () => { dialog.returnValue = "no"; });
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const button = event.submitter;
    const text = (button && button.dataset.confirm) || form.dataset.confirm;
    if (!text || !dialog || agreed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    dialog.returnValue = "no";
    if (!(await ask(text))) {
      if (button) button.focus();
      return;
    }
    agreed.add(form);
    form.requestSubmit(button);
  }, true);

  // --- A form is sent once, however often its button is pressed ---

  function setBusy(form, busy) {
    for (const button of form.querySelectorAll("button[type=submit], button:not([type])")) {
      if (busy) button.setAttribute("aria-busy", "true");
      else button.removeAttribute("aria-busy");
    }
    form.dataset.sent = busy ? "yes" : "";
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]") || event.defaultPrevented) return;
    if (form.dataset.sent === "yes") event.preventDefault();
    else setBusy(form, true);
  });

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll("[data-once]").forEach((form) => setBusy(form, false));
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("[data-once]");
    if (form) setBusy(form, false);
  });

  // --- Where the keyboard stands, and what explains a heading ---

  function settle(root) {
    const target = root.querySelector("[data-focus]");
    if (target) target.focus();
    for (const button of root.querySelectorAll("[data-help]")) {
      if (window.bootstrap) {
        window.bootstrap.Tooltip.getOrCreateInstance(button, { title: button.dataset.help, trigger: "hover focus", container: "body" });
      }
    }
  }

  // A part that replaces itself takes the keyboard's place with it: the element of the same id gets it back.
  let focused = "";
  document.addEventListener("htmx:beforeSwap", () => { focused = document.activeElement && document.activeElement.id; });
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    const lost = document.activeElement === document.body;
    if (lost && focused) {
      const again = document.getElementById(focused);
      if (again) again.focus();
    }
    settle(part);
  });

  document.addEventListener("DOMContentLoaded", () => settle(document));
})();
