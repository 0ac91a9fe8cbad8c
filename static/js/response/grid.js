/* Moving over a table with the keyboard, and pasting a block copied from a spreadsheet. */
const FIELD = "input[data-cell]:not([readonly]), select[data-cell], textarea[data-cell]";

const fieldOf = (cell) => {
  const field = cell ? cell.querySelector(FIELD) : null;
  return field && field.offsetParent !== null ? field : null;
};

const focus = (field) => {
  field.focus();
  if (field.tagName === "INPUT") field.select();
};

/* The nearest field in the same column, `step` rows on; rows without one are passed over. */
const vertical = (field, step) => {
  const cell = field.closest("td");
  let row = cell.parentElement;
  while ((row = step > 0 ? row.nextElementSibling : row.previousElementSibling)) {
    const found = fieldOf(row.cells[cell.cellIndex]);
    if (found) return found;
  }
  return null;
};

const horizontal = (field, step) => {
  let cell = field.closest("td");
  while ((cell = step > 0 ? cell.nextElementSibling : cell.previousElementSibling)) {
    const found = fieldOf(cell);
    if (found) return found;
  }
  return null;
};

const atEdge = (field, step) => {
  if (field.tagName !== "INPUT" || field.type !== "text") return field.tagName !== "TEXTAREA";
  const all = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  return all || (step > 0 ? field.selectionStart === field.value.length : field.selectionEnd === 0);
};

const target = (event, field) => {
  switch (event.key) {
    case "Enter":
      return vertical(field, event.shiftKey ? -1 : 1);
    case "ArrowDown":
      return field.tagName === "INPUT" ? vertical(field, 1) : null;
    case "ArrowUp":
      return field.tagName === "INPUT" ? vertical(field, -1) : null;
    case "ArrowRight":
      return atEdge(field, 1) ? horizontal(field, 1) : null;
    case "ArrowLeft":
      return atEdge(field, -1) ? horizontal(field, -1) : null;
    default:
      return null;
  }
};

const onKey = (event) => {
  const field = event.target.closest(FIELD);
  if (!field || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (field.tagName === "TEXTAREA") return;
  const inTable = field.closest("table[data-grid]");
  if (event.key === "Enter") event.preventDefault();
  if (!inTable) return;
  const next = target(event, field);
  if (next) {
    event.preventDefault();
    focus(next);
  }
};

/* Rows of a copied block: tabs between cells, quotes around a cell that holds a line break. */
const parseBlock = (text) => {
  const rows = [[]];
  let value = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let i = 0; i < source.length; i += 1) {
    const char = source[i];
    if (quoted) {
      if (char === '"' && source[i + 1] === '"') { value += '"'; i += 1; }
      else if (char === '"') quoted = false;
      else value += char;
    } else if (char === '"' && value === "") quoted = true;
    else if (char === "\t") { rows[rows.length - 1].push(value); value = ""; }
    else if (char === "\n") { rows[rows.length - 1].push(value); value = ""; rows.push([]); }
    else value += char;
  }
  rows[rows.length - 1].push(value);
  return rows;
};

/* Puts a text into a field; in a list it may be the code or the words. False when it does not fit. */
const put = (field, text) => {
  const value = text.trim();
  if (field.tagName !== "SELECT") {
    field.value = value;
    return true;
  }
  const lower = value.toLowerCase();
  const option = [...field.options].find(
    (one) => one.value === value || one.text.trim().toLowerCase() === lower
  );
  if (option) field.value = option.value;
  return Boolean(option);
};

/* Fills the table from the field on; columns of the block lie on columns of the table. */
const paste = (field, block) => {
  const first = field.closest("td");
  const filled = [];
  let passed = 0;
  let row = first.parentElement;
  for (const values of block) {
    while (row && (row.hidden || !row.querySelector("td"))) row = row.nextElementSibling;
    if (!row) { passed += values.filter((one) => one.trim()).length; continue; }
    values.forEach((value, index) => {
      const found = fieldOf(row.cells[first.cellIndex + index]);
      if (found && put(found, value)) filled.push(found);
      else if (value.trim()) passed += 1;
    });
    row = row.nextElementSibling;
  }
  return { filled, passed };
};

const onPaste = (event, done) => {
  const field = event.target.closest(FIELD);
  if (!field || !field.closest("table[data-grid]") || field.tagName === "TEXTAREA") return;
  const text = event.clipboardData.getData("text/plain");
  if (!/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
  event.preventDefault();
  done(paste(field, parseBlock(text)));
};

/* Begins to listen; `onPasted` hears which fields were filled and how many values found no place. */
export const startGrid = (form, onPasted) => {
  form.addEventListener("keydown", onKey);
  form.addEventListener("paste", (event) => onPaste(event, onPasted));
  form.addEventListener("focusin", (event) => {
    const field = event.target;
    if (field.matches("table[data-grid] input[type=text]")) field.select();
  });
};
