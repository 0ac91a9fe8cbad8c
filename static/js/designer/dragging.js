/* Rows and columns are dragged by their handles; the same is done by Alt with the arrows. */

const parts = (path) => path.match(/^(.*)\.(\d+)$/) || [];

function targetOf(event, from) {
  const piece = event.target.closest("tr[id], th[id]");
  const handle = piece && piece.querySelector(".dz-handle");
  if (!handle || !from) return null;
  const [, list, at] = parts(handle.dataset.path);
  return list === parts(from)[1] ? { piece, to: Number(at) } : null;
}

export function watchDragging(root, move) {
  let from = "";
  root.addEventListener("dragstart", (event) => {
    const handle = event.target.closest && event.target.closest(".dz-handle");
    if (!handle) return;
    from = handle.dataset.path;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", from);
  });
  root.addEventListener("dragover", (event) => {
    if (targetOf(event, from)) event.preventDefault();
  });
  root.addEventListener("drop", (event) => {
    const target = targetOf(event, from);
    if (!target) return;
    event.preventDefault();
    if (target.to !== Number(parts(from)[2])) move(from, target.to);
  });
  root.addEventListener("dragend", () => { from = ""; });
}
