// Names the boxes of select2 by the labels of their fields: its own name points at an empty element.
"use strict";

(() => {
  const labelOf = (select) => {
    const label = select.id && document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    if (label) return label.textContent.replace(/:\s*$/, "").trim();
    const cell = select.closest("td");
    const table = cell && cell.closest("table");
    const heading = table && table.querySelectorAll("thead th")[cell.cellIndex];
    return heading ? heading.textContent.trim() : "";
  };

  const nameBoxes = () => {
    for (const box of document.querySelectorAll('.select2-selection[role="combobox"]:not([data-named])')) {
      const select = box.closest(".select2-container").previousElementSibling;
      const name = select && labelOf(select);
      if (!name) continue;
      const chosen = box.querySelector(".select2-selection__rendered");
      if (!chosen.id) continue;
      const label = document.createElement("span");
      label.id = `${chosen.id}-name`;
      label.className = "visually-hidden";
      label.textContent = name;
      box.before(label);
      box.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
      chosen.removeAttribute("role");
      chosen.removeAttribute("aria-readonly");
      box.dataset.named = "";
    }
    for (const field of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
      field.setAttribute("aria-label", "Поиск в списке");
    }
    for (const list of document.querySelectorAll(".select2-results__options:not([aria-label])")) {
      list.setAttribute("aria-label", "Найденное");
    }
  };

  new MutationObserver(nameBoxes).observe(document.body, { childList: true, subtree: true });
  nameBoxes();
})();
