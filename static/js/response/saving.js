/* What the server is known to have in each cell, and the way there of what is typed. */
import { byId, fieldsOf, form, setText, textOf } from "./cells.js";
import { Queue } from "./queue.js";
import { say } from "./status.js";

export const seen = new Map();

export const queue = new Queue({
  url: form.dataset.cellsUrl,
  storageKey: `imo-response-${form.dataset.response}-${form.dataset.user}`,
  base: Number(form.dataset.base),
});

export const edited = (field, delay, source = "typed") => {
  const address = field.dataset.cell;
  const text = textOf(address);
  if (!seen.has(address)) return;
  if (text === seen.get(address) && queue.textOf(address) === undefined) return;
  queue.put(address, text, seen.get(address), source, delay);
};

export const remember = (root) => {
  root.querySelectorAll("input[data-cell], select[data-cell], textarea[data-cell]").forEach((field) => {
    const address = field.dataset.cell;
    const stored = byId(address)?.dataset.seen;
    if (!seen.has(address)) seen.set(address, stored === undefined ? textOf(address) : stored);
  });
};

export const restore = () => {
  const kept = [...Object.entries(queue.pending).map(([address, edit]) => ({ address, ...edit })), ...(queue.sent ? queue.sent.edits : [])];
  kept.forEach((edit) => { if (fieldsOf(edit.address).length) setText(edit.address, edit.value); });
  if (kept.length) {
    say("Досылается введённое раньше…", "saving");
    queue.schedule(0);
  }
};
