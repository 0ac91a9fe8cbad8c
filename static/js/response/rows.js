/* Rows of open tables: added and removed without reloading, here and by others. */
import { form, showComputed } from "./cells.js";
import { queue, remember, seen } from "./saving.js";
import { post } from "./server.js";
import { say } from "./status.js";

const tableOf = (section) => form.querySelector(`[data-open="${CSS.escape(section)}"]`);
const lineOf = (section, row) => form.querySelector(`tr[data-row="${CSS.escape(`${section}/${row}`)}"]`);
const buttonOf = (section) => form.querySelector(`[data-add-row][value="${CSS.escape(`add:${section}`)}"]`);

/* Puts the row of the server's making at the end of its table; gives it unless it stands there already. */
export const putRow = ({ section, row, html }) => {
  const table = tableOf(section);
  if (!table || lineOf(section, row)) return null;
  table.insertAdjacentHTML("beforeend", html);
  const line = table.lastElementChild;
  remember(line);
  numberRows(table);
  return line;
};

export const dropRow = ({ section, row }) => {
  const line = lineOf(section, row);
  if (!line) return;
  const addresses = [...line.querySelectorAll("[data-cell]")].map((one) => one.dataset.cell);
  if (addresses.some((address) => queue.textOf(address) !== undefined)) return;
  addresses.forEach((address) => seen.delete(address));
  const table = line.parentElement;
  line.remove();
  numberRows(table);
};

const tellAt = (button, text) => { button.parentElement.querySelector(".rows-told").textContent = text; };

/* At the limit the button says why it does nothing. */
const limit = (table) => {
  const button = buttonOf(table.dataset.open);
  if (!button) return;
  const isFull = table.rows.length >= Number(button.dataset.maxRows);
  if (button.disabled === isFull) return;
  button.disabled = isFull;
  tellAt(button, isFull ? `В таблице может быть не больше ${button.dataset.maxRows} строк.` : "");
};

const addRow = async (button) => {
  const section = button.value.slice("add:".length);
  const body = new FormData();
  body.append("do", "add");
  body.append("section", section);
  if (!(await queue.flush())) return;
  const reply = await post(form.dataset.rowsUrl, body);
  const answer = await reply.json();
  if (answer.told) return tellAt(button, answer.told);
  putRow({ section, row: answer.row, html: answer.html })?.querySelector("[data-cell]")?.focus();
  return undefined;
};

const removeRow = async (button) => {
  const [section, row] = button.value.slice("remove:".length).split(/\/(?=[^/]*$)/);
  const body = new FormData();
  body.append("do", "remove");
  body.append("section", section);
  body.append("row", row);
  if (!(await queue.flush())) return;
  const reply = await post(form.dataset.rowsUrl, body);
  const answer = await reply.json();
  if (answer.told) return say(answer.told, "refused");
  dropRow({ section, row });
  showComputed(answer.computed);
  return say("Строка удалена", "saved");
};

const numberRows = (table) => {
  [...table.rows].forEach((row, index) => {
    row.cells[0].textContent = index + 1;
    row.querySelector("[data-remove-row]")?.setAttribute("aria-label", `Удалить строку ${index + 1}`);
  });
  limit(table);
};

form.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add-row]");
  const remove = event.target.closest("[data-remove-row]");
  if (!add && !remove) return;
  event.preventDefault();
  (add ? addRow(add) : removeRow(remove)).catch(() => say("Нет связи: строка не изменена", "offline"));
});

form.querySelectorAll("[data-open]").forEach(limit);
