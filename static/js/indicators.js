/* The figures of a report's appendix: how many are ticked, and a search among them. */

const box = document.querySelector("[data-indicators]");

function tell() {
  const most = Number(box.dataset.most);
  const ticked = box.querySelectorAll("input[type=checkbox]:checked").length;
  const count = box.querySelector("[data-count]");
  const extra = ticked > most ? `: лишних ${ticked - most}` : "";
  count.textContent = `Выбрано ${ticked} из ${most}${extra}`;
  count.classList.toggle("text-danger", ticked > most);
}

function find(text) {
  const wanted = text.trim().toLowerCase();
  let found = 0;
  for (const group of box.querySelectorAll("[data-group]")) {
    const inTitle = group.querySelector("summary").textContent.toLowerCase().includes(wanted);
    let here = 0;
    for (const figure of group.querySelectorAll("[data-figure]")) {
      figure.hidden = !inTitle && !figure.textContent.toLowerCase().includes(wanted);
      here += figure.hidden ? 0 : 1;
    }
    group.hidden = !here;
    if (wanted) group.open = here > 0;
    found += here;
  }
  box.querySelector("[data-nothing]").hidden = found > 0;
}

if (box) {
  const search = box.querySelector("[data-search]");
  search.hidden = false;
  search.addEventListener("input", (event) => find(event.target.value));
  // Enter in the search looks for a figure, it does not save the report.
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  box.addEventListener("change", tell);
  tell();
}
