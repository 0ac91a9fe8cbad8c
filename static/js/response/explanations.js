/* Explanations of warnings: kept as soon as they are written. */
import { fieldsOf, form, setText } from "./cells.js";
import { edited } from "./saving.js";
import { post } from "./server.js";
import { say } from "./status.js";

let explainTimer = null;
const keepExplanation = (area) => {
  clearTimeout(explainTimer);
  explainTimer = setTimeout(async () => {
    const body = new FormData();
    body.append("instance", area.name.slice(2));
    body.append("text", area.value);
    try {
      const reply = await post(form.dataset.explainUrl, body);
      if (reply.ok) say("Пояснение сохранено", "saved");
    } catch {
      say("Пояснение ещё не сохранено: нет связи", "offline");
    }
  }, 900);
};

document.addEventListener("input", (event) => {
  const area = event.target.closest("textarea[name^='e:']");
  if (area) keepExplanation(area);
});

/* Ready answers to a question: one press writes the words; one that ends with a colon is to be continued. */
document.querySelectorAll(".ready-answers").forEach((group) => { group.hidden = false; });
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-ready-answer]");
  if (!button) return;
  const area = button.closest("li").querySelector("textarea[name^='e:']");
  area.value = button.dataset.readyAnswer;
  area.focus();
  keepExplanation(area);
});

/* A known value is taken back with one press: the question is settled. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-restore]");
  if (!button) return;
  const { restore, known } = button.dataset;
  const [field] = fieldsOf(restore);
  setText(restore, known);
  edited(field, 0);
  button.closest("li").remove();
  field.focus();
});
