/* Two people on one cell: the second one is asked. */
import { setText } from "./cells.js";
import { queue, seen } from "./saving.js";

const clashes = [];
const dialog = document.getElementById("clash");

const settleClash = () => {
  if (!clashes.length || dialog.open) return;
  const { title, shown, by, at, mine } = clashes[0];
  dialog.querySelector("#clash-text").textContent =
    `${title}: в ячейке уже значение «${shown}» (${by}${at ? `, ${at}` : ""}). Ваше: «${mine.value || "пусто"}».`;
  dialog.showModal();
};

/* Asks about a clash, after those that wait already. */
export const ask = (clash) => {
  clashes.push(clash);
  settleClash();
};

dialog.addEventListener("click", (event) => {
  const button = event.target.closest("[data-clash]");
  if (button) dialog.close(button.dataset.clash);
});

dialog.addEventListener("close", () => {
  const clash = clashes.shift();
  if (!clash) return;
  const { address, value, mine } = clash;
  queue.drop(address);
  seen.set(address, value);
  if (dialog.returnValue === "mine") {
    setText(address, mine.value);
    queue.put(address, mine.value, value, mine.source, 0);
  } else {
    setText(address, value);
  }
  dialog.returnValue = "";
  settleClash();
});
dialog.addEventListener("cancel", () => { dialog.returnValue = "keep"; });
