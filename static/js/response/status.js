/* The line that says whether everything is saved. */
const state = document.getElementById("save-state");

export const say = (text, kind = "") => {
  state.textContent = text;
  state.dataset.kind = kind;
};

export const onStatus = (status, told) => {
  if (status === "saving") say("Сохраняется…", "saving");
  if (status === "offline") say("Нет связи, введённое сохранено в этом браузере", "offline");
  if (status === "signed-out") say("Вы вышли из портала: войдите в другой вкладке. Введённое сохранено в этом браузере", "offline");
  if (status === "refused") say(told, "refused");
};
