/* What other people, or the same person in another window, have put in meanwhile. */
import { byId, flash, isGroup, setText, showComputed, textOf } from "./cells.js";
import { takeViolations } from "./problems.js";
import { dropRow, putRow } from "./rows.js";
import { queue, seen } from "./saving.js";
import { showHidden } from "./shape.js";

/* Somebody else has written into a cell that nobody types into here. */
const takeOther = (other, told) => {
  if (queue.textOf(other.address) !== undefined) return;
  seen.set(other.address, other.value);
  if (textOf(other.address) === other.value) return;
  const target = byId(other.address);
  if (target && target.contains(document.activeElement) && isGroup(document.activeElement)) return;
  setText(other.address, other.value);
  if (target) {
    target.title = `${other.by}, ${other.at}`;
    flash(target);
  }
  told.push(other);
};

const tell = (told) => {
  const line = document.getElementById("others-line");
  if (!told.length || !line) return;
  const { name, by, at } = told[told.length - 1];
  const more = told.length > 1 ? ` и ещё ячеек: ${told.length - 1}` : "";
  line.textContent = `Изменено: «${name}»${more} — ${by}, ${at}`;
  line.hidden = false;
};

export const showState = (word) => {
  const badge = document.querySelector(".page-state .state");
  if (badge && word) badge.textContent = word;
};

const takeShape = (answer) => {
  if (answer.hidden) showHidden(answer.hidden);
  (answer.progress || []).forEach((count, index) => {
    const counter = document.querySelector(`[data-section-link="${index}"] .section-count > span`);
    if (counter) counter.textContent = count;
  });
  const total = document.getElementById("filled-total");
  if (total && answer.progress) total.textContent = answer.progress.reduce((sum, one) => sum + one, 0);
};

/* Cells, rows, computed cells, violations and shape of an answer; nothing that is typed here is touched. */
export const takeOthers = (answer) => {
  const told = [];
  (answer.rows || []).forEach((one) => (one.html ? putRow(one) : dropRow(one)));
  (answer.others || []).forEach((other) => takeOther(other, told));
  showComputed(answer.computed);
  takeViolations(answer);
  takeShape(answer);
  tell(told);
};
