/* Cells of a grid by the keyboard: one of them stands in the order of Tab, the arrows go to the others. */

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class CellKeys {
  constructor(root) {
    this.settle(root);
    root.addEventListener("keydown", (event) => this.#go(event));
    root.addEventListener("focusin", (event) => this.#enter(event.target));
  }

  /* The first cell of each grid can be reached by Tab. */
  settle(piece) {
    const grids = piece.matches(".dz-grid") ? [piece] : [...piece.querySelectorAll(".dz-grid")];
    if (piece.tagName === "TR") grids.push(piece.closest(".dz-grid"));
    for (const grid of grids) {
      const reachable = grid.querySelector('.dz-cell[tabindex="0"]');
      const first = grid.querySelector(".dz-cell");
      if (!reachable && first) first.tabIndex = 0;
    }
  }

  #enter(target) {
    if (!target.matches(".dz-cell")) return;
    const grid = target.closest(".dz-grid");
    grid.querySelectorAll('.dz-cell[tabindex="0"]').forEach((one) => { one.tabIndex = -1; });
    target.tabIndex = 0;
  }

  #go(event) {
    const step = STEPS[event.key];
    if (!step || event.altKey || !event.target.matches(".dz-cell")) return;
    event.preventDefault();
    const row = event.target.closest("tr");
    const at = [...row.querySelectorAll(".dz-cell")].indexOf(event.target);
    let line = row;
    do {
      line = step[0] < 0 ? line.previousElementSibling : step[0] > 0 ? line.nextElementSibling : line;
    } while (step[0] && line && !line.querySelector(".dz-cell"));
    const next = line && line.querySelectorAll(".dz-cell")[at + step[1]];
    if (next) next.focus();
  }
}
