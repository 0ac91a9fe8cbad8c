/* Sending: everything typed goes first, one press is one sending; leaving the page warns. */
import { form } from "./cells.js";
import { queue } from "./saving.js";

let leaving = false;

/* The page is left on purpose: what is typed stays in this browser. */
export const leave = () => { leaving = true; };

form.addEventListener("submit", async (event) => {
  if (form.dataset.sent === "yes") return event.preventDefault();
  if (queue.isIdle && !queue.isBusy) {
    form.dataset.sent = "yes";
    leaving = true;
    setTimeout(() => { form.dataset.sent = ""; }, 15000);
    return undefined;
  }
  event.preventDefault();
  const { submitter } = event;
  const isDone = await queue.flush();
  if (isDone) form.requestSubmit(submitter);
  return undefined;
});

window.addEventListener("pageshow", () => { form.dataset.sent = ""; leaving = false; });
window.addEventListener("beforeunload", (event) => {
  if (leaving || queue.isClean) return;
  event.preventDefault();
});
