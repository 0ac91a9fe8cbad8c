/* Events of a plan are put in order with the mouse; the arrows beside do the same for the keyboard. The row is
   taken by its order cell and dropped within its section; the server then shows the new order. */
const form = document.getElementById("drag");
const rows = [...document.querySelectorAll("[data-drag]")];
let dragged = null;

function clear() {
  for (const row of rows) row.classList.remove("is-drop-before", "is-drop-after");
}

/* The upper half of a row means before it, the lower half after it. */
function isAfter(row, event) {
  const box = row.getBoundingClientRect();
  return event.clientY > box.top + box.height / 2;
}

function isPlace(row) {
  return dragged !== null && row !== dragged && row.parentElement === dragged.parentElement;
}

function send(row, event) {
  const next = isAfter(row, event) ? row.nextElementSibling : row;
  if (next === dragged || (next === null && dragged.nextElementSibling === null)) return;
  form.action = dragged.dataset.move;
  form.elements.before.value = next === null ? "" : next.dataset.drag;
  form.submit();
}

for (const row of rows) {
  const handle = row.querySelector(".order-cell");
  handle.draggable = true;
  handle.addEventListener("dragstart", (event) => {
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.drag);
    event.dataTransfer.setDragImage(row, 0, 0);
    row.classList.add("is-dragged");
  });
  handle.addEventListener("dragend", () => {
    row.classList.remove("is-dragged");
    dragged = null;
    clear();
  });
  row.addEventListener("dragover", (event) => {
    if (!isPlace(row)) return;
    event.preventDefault();
    clear();
    row.classList.add(isAfter(row, event) ? "is-drop-after" : "is-drop-before");
  });
  row.addEventListener("drop", (event) => {
    if (!isPlace(row)) return;
    event.preventDefault();
    send(row, event);
  });
}
