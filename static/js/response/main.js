/* Filling a response in: every change is saved by itself, nothing typed is lost. */
import { onAnswer } from "./answers.js";
import "./attachments.js";
import { form, steadily } from "./cells.js";
import "./explanations.js";
import { startGrid } from "./grid.js";
import "./jumps.js";
import "./lastround.js";
import { startNews } from "./news.js";
import { showState, takeOthers } from "./others.js";
import { markViolations } from "./problems.js";
import "./rows.js";
import { edited, queue, remember, restore } from "./saving.js";
import { leave } from "./sending.js";
import { onStatus, say } from "./status.js";

queue.onAnswer = (answer, edits) => steadily(() => onAnswer(answer, edits));
queue.onStatus = onStatus;

form.addEventListener("input", (event) => {
  const field = event.target.closest("[data-cell]");
  if (field) edited(field, 900);
});
form.addEventListener("change", (event) => {
  const field = event.target.closest("[data-cell]");
  if (field) edited(field, 150);
});

startGrid(form, ({ filled, passed }) => {
  filled.forEach((field) => edited(field, 150, "pasted"));
  say(`Вставлено ячеек: ${filled.length}${passed ? `; пропущено: ${passed} (ячейка закрыта или её нет)` : ""}`, "saved");
});

/* Sent, accepted or closed elsewhere: what is typed stays in its fields, but nothing more can be typed. */
const close = ({ told }) => {
  queue.refused(told);
  form.querySelectorAll("[data-cell]:is(input, select, textarea), .form-section button, .save-buttons button")
    .forEach((field) => {
      if (field.matches("input[type=text], input[type=date], textarea")) field.readOnly = true;
      else field.disabled = true;
    });
};

startNews({
  base: () => queue.base,
  cells: "1",
  isBusy: () => !queue.isIdle || queue.isBusy,
  unsaved: () => Object.keys(queue.pending).length,
  onLeave: leave,
  onMoved: (answer) => {
    showState(answer.state);
    if (!answer.is_open) close(answer);
  },
  onChanged: (answer) => {
    queue.base = answer.base;
    form.elements.base.value = answer.base;
    if (answer.others) steadily(() => takeOthers(answer));
  },
});

remember(form);
restore();
markViolations();
