/* Jumps from the list of problems to a cell; the name of the cell in focus. */
import { byId, form, titleOf } from "./cells.js";
import { openPanel } from "./panel.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#c-"]');
  const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  target.scrollIntoView({ block: "center" });
  (target.matches("input, select, textarea") ? target : target.querySelector("input:not([type=hidden])") || target).focus();
});

const focusLine = document.getElementById("focus-cell");
form.addEventListener("focusin", (event) => {
  const field = event.target.closest("[data-cell]");
  if (!field) return;
  focusLine.hidden = false;
  focusLine.dataset.cell = field.dataset.cell;
  focusLine.firstElementChild.textContent = titleOf(field.dataset.cell);
});
focusLine.querySelector("[data-cell-history]").addEventListener("click", () => {
  openPanel(focusLine.dataset.cell, byId(focusLine.dataset.cell));
});
