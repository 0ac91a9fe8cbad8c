/* The trial of a form: computed cells and conditions follow what is typed, nothing is kept. */

import { form, showComputed } from "../response/cells.js";
import { showHidden } from "../response/shape.js";

const DELAY = 300;
let timer = 0;
let asked = 0;

async function compute() {
  const own = ++asked;
  const response = await fetch(location.href, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
    redirect: "manual",
  }).catch(() => null);
  /* An answer to older figures comes too late; without one, «Проверить» computes all the same. */
  if (!response || !response.ok || own !== asked) return;
  const answer = await response.json();
  if (own !== asked) return;
  showComputed(answer.computed);
  showHidden(answer.hidden);
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(compute, DELAY);
});
