/* Explanations of warnings: kept as soon as they are written. */
import { form } from "./cells.js";
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
