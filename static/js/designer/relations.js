/* A relation being typed is read at once: a fault with its place, or the cells it covers. */

import { post } from "./server.js";

export function watchRelations(root, url) {
  let timer = 0;

  async function check(field) {
    const id = field.id.replace(/-(text|section)$/, "");
    const text = document.getElementById(`${id}-text`).value;
    const section = document.getElementById(`${id}-section`).value;
    const response = await post(url, { text, section });
    const place = document.getElementById(`${id}-checked`);
    if (response.ok && place) place.innerHTML = await response.text();
  }

  const watch = (event) => {
    const field = event.target.closest && event.target.closest('[data-path^="relations."]');
    if (!field || !/^(text|section)$/.test(field.dataset.field || "")) return;
    clearTimeout(timer);
    timer = setTimeout(() => check(field), 300);
  };
  root.addEventListener("input", watch);
  root.addEventListener("focusin", watch);
}
