// What the admin's own pages lack for screen readers: names of select2 boxes and of empty headings.
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

  // Django writes these words of the pictures in English whatever the language.
  const ENGLISH = { True: "да", False: "нет", None: "неизвестно", Search: "Поиск" };

  const mend = () => {
    for (const picture of document.querySelectorAll("img[alt]")) {
      if (ENGLISH[picture.alt]) picture.alt = ENGLISH[picture.alt];
    }
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
    // ARIA 1.2 asks an open combobox for `aria-controls`; select2 still writes the name of ARIA 1.1.
    for (const box of document.querySelectorAll('.select2-selection[role="combobox"]')) {
      const list = box.getAttribute("aria-owns");
      if (list && box.getAttribute("aria-controls") !== list) box.setAttribute("aria-controls", list);
    }
    for (const open of document.querySelectorAll("body > .select2-container--open:not([role])")) {
      open.setAttribute("role", "region");
      open.setAttribute("aria-label", "Выбор из списка");
    }
    for (const heading of document.querySelectorAll(".inline-group thead th")) {
      if (heading.textContent.trim()) continue;
      const text = document.createElement("span");
      text.className = "visually-hidden";
      text.textContent = heading.classList.contains("original") ? "Запись" : "Действия";
      heading.append(text);
    }
    for (const field of document.querySelectorAll(".select2-search__field:not([aria-label])")) {
      field.setAttribute("aria-label", "Поиск в списке");
    }
    for (const list of document.querySelectorAll(".select2-results__options:not([aria-label])")) {
      list.setAttribute("aria-label", "Найденное");
    }
  };

  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-owns"] });
  mend();
})();
