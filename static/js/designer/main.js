/* The designer of a form: every edit is one command, sent at once; the answer holds the piece that has changed. */

import { CellKeys } from "./cells.js";
import { watchDragging } from "./dragging.js";
import { watchFolding } from "./folding.js";
import { watchPublishing } from "./publishing.js";
import { watchRelations } from "./relations.js";
import { post } from "./server.js";

const root = document.getElementById("designer");
const panel = document.getElementById("dz-panel");
const status = document.getElementById("dz-status");
const told = document.getElementById("dz-told");
const faults = document.getElementById("dz-faults");
const base = root.dataset.url;
let revision = Number(root.dataset.revision);
let queue = Promise.resolve();
let faultTimer = 0;
let openPanel = null;
const folding = watchFolding(document.getElementById("dz-fold"), root.querySelector(".dz-layout"), panel);

/* Edits go one after another: each is made on the counter the one before has given. */
function send(name, body, after = "") {
  status.textContent = "Сохраняется…";
  forgetLook();
  queue = queue.then(() => sendNow(name, body, after)).catch(() => {
    fail("Нет связи с порталом: последняя правка не сохранена. Повторите её.");
  });
  return queue;
}

async function sendNow(name, body, after) {
  const response = await post(`${base}${name}/`, { ...body, revision });
  if (response.status === 0 || response.type === "opaqueredirect") {
    fail("Вход закончился: откройте страницу заново и войдите.");
    return;
  }
  const answer = await response.json();
  if (!response.ok) {
    fail(answer.told);
    return;
  }
  revision = answer.revision;
  told.textContent = "";
  status.textContent = `Сохранено в ${answer.saved}`;
  document.getElementById("dz-undo").disabled = !answer.can_undo;
  document.getElementById("dz-redo").disabled = !answer.can_redo;
  if (answer.id) show(answer, after);
  scheduleFaults();
}

function fail(words) {
  told.textContent = words;
  status.textContent = "Не сохранено";
}

/* The new piece takes the place of the old one; the keyboard stays where it was, or goes to what is new. */
function show(answer, after) {
  const old = document.getElementById(answer.id);
  const active = document.activeElement;
  const kept = active && active.id && old.contains(active) ? active.id : "";
  const start = kept && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  const typed = kept && active.dataset.field && active.dataset.sent !== active.value ? active.value : null;
  const scrolled = [...old.querySelectorAll(".grid-scroll")].map((one) => [one.scrollLeft, one.scrollTop]);
  const holder = document.createElement(old.tagName === "TR" ? "tbody" : "div");
  holder.innerHTML = answer.html;
  const fresh = holder.firstElementChild;
  old.replaceWith(fresh);
  [...fresh.querySelectorAll(".grid-scroll")].forEach((one, index) => {
    if (scrolled[index]) one.scrollTo(...scrolled[index]);
  });
  cells.settle(fresh);
  const id = after || answer.focus;
  if (id) focusOn(id);
  else if (kept) restore(kept, typed, start);
  if (openPanel && !panel.contains(document.activeElement)) loadPanel(openPanel, false);
}

function restore(id, typed, selection) {
  const again = document.getElementById(id);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (typed !== null) again.value = typed;
  if (selection && again.setSelectionRange) again.setSelectionRange(...selection);
}

function focusOn(id) {
  const piece = document.getElementById(id);
  if (!piece) return;
  const target = piece.matches("[data-field], button") ? piece
    : piece.querySelector('[data-field="title"], [data-field="text"]');
  if (!target) return;
  target.focus();
  if (target.select) target.select();
}

/* --- Faults: at the top, and beside their places --- */

function scheduleFaults() {
  clearTimeout(faultTimer);
  faultTimer = setTimeout(loadFaults, 700);
}

async function loadFaults() {
  const response = await fetch(`${base}faults/`, { redirect: "manual" });
  if (!response.ok) return;
  faults.innerHTML = await response.text();
  root.querySelectorAll(".dz-beside").forEach((one) => one.remove());
  root.querySelectorAll(".dz-main [aria-invalid]").forEach(settle);
  for (const link of faults.querySelectorAll("[data-fault]")) mark(link);
  markPanel();
}

function mark(link) {
  const piece = document.getElementById(link.dataset.fault);
  if (!piece || piece.id === "d") return;
  const note = document.createElement("span");
  note.className = "dz-fault dz-beside";
  note.textContent = link.textContent;
  const field = document.getElementById(`${piece.id}-${link.dataset.named}`);
  if (field) blame(field, note);
  else if (link.dataset.named && piece.matches("th, tr")) putSign(piece, link);
  else (piece.tagName === "TR" ? piece.querySelector("th") : piece).append(note);
}

/* A heading of a grid has room for a sign alone: it leads to the field, the words stand there and in the list. */
function putSign(piece, link) {
  const head = piece.tagName === "TR" ? piece.querySelector("th") : piece;
  if (head.querySelector(".dz-sign")) return;
  const sign = document.createElement("button");
  sign.type = "button";
  sign.className = "dz-sign dz-fault dz-beside";
  sign.textContent = "Ошибка";
  sign.setAttribute("aria-label", `К ошибке: ${link.textContent}`);
  sign.addEventListener("click", () => goToFault(link));
  head.append(sign);
}

function blame(field, words) {
  words.id = `${field.id}-fault`;
  field.classList.add("is-invalid");
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [helpOf(field), words.id].filter(Boolean).join(" "));
  field.after(words);
}

function settle(field) {
  field.classList.remove("is-invalid");
  field.removeAttribute("aria-invalid");
  if (helpOf(field)) field.setAttribute("aria-describedby", helpOf(field));
  else field.removeAttribute("aria-describedby");
}

const helpOf = (field) => (document.getElementById(`${field.id}-help`) ? `${field.id}-help` : "");

/* The field of the open panel in which the mistake was typed. */
function markPanel() {
  panel.querySelectorAll(".invalid-feedback").forEach((one) => one.remove());
  panel.querySelectorAll("[aria-invalid]").forEach(settle);
  if (!openPanel) return;
  const cell = `${openPanel.row || ""}/${openPanel.column || ""}`;
  for (const link of faults.querySelectorAll("[data-named]")) {
    const field = document.getElementById(`dp-${link.dataset.named}`);
    if (!field || link.dataset.at !== openPanel.path || link.dataset.of !== cell) continue;
    const words = document.createElement("div");
    words.className = "invalid-feedback";
    words.textContent = link.textContent;
    blame(field, words);
  }
}

/* From the list to the very field: on the page, or in the panel of its place. */
async function goToFault(link) {
  const { fault, named, at, of } = link.dataset;
  const [row, column] = of.split("/");
  const shown = document.getElementById(`${fault}-${named}`);
  if (!shown) await loadPanel(row ? { path: at, row, column } : { path: at });
  const field = shown || document.getElementById(`dp-${named}`) || document.getElementById(fault);
  if (field) field.scrollIntoView({ block: "center" });
  if (field) field.focus({ preventScroll: true });
}

/* --- The panel --- */

async function loadPanel(place, focus = true) {
  const response = await fetch(`${base}panel/?${new URLSearchParams(place)}`, { redirect: "manual" });
  if (!response.ok) {
    openPanel = null;
    panel.replaceChildren();
    return;
  }
  panel.innerHTML = await response.text();
  openPanel = place;
  if (focus) folding.unfold();
  markPanel();
  if (focus) panel.querySelector("[data-heading]").focus();
}

const placeOf = (one) => (one.dataset.row
  ? { path: one.dataset.path, row: one.dataset.row, column: one.dataset.column }
  : { path: one.dataset.path });

/* --- What is typed --- */

const valueOf = (field) => (field.type === "checkbox" ? field.checked : field.value);

function save(field, after = "") {
  field.dataset.sent = field.value;
  const fields = { [field.dataset.field]: valueOf(field) };
  const command = field.dataset.row
    ? { op: "cell", ...placeOf(field), fields }
    : { op: "set", path: field.dataset.path, fields };
  const sent = send("command", { command }, after);
  if (field.dataset.field === "value.type") sent.then(() => reopen(field.id));
}

async function reopen(id) {
  if (!openPanel) return;
  await loadPanel(openPanel, false);
  const field = document.getElementById(id);
  if (field) field.focus();
}

root.addEventListener("change", (event) => {
  const field = event.target.closest("[data-field]");
  if (field && field.dataset.sent !== field.value) save(field);
  else if (field && field.type === "checkbox") save(field);
});

root.addEventListener("click", (event) => {
  const turn = event.target.closest("[data-turn]");
  if (turn) send(turn.dataset.turn, {});
  const button = event.target.closest("[data-op]");
  if (button) press(button);
  const link = event.target.closest("[data-fault]");
  if (link && link.dataset.named) {
    event.preventDefault();
    goToFault(link);
  }
});

function press(button) {
  const { op, path } = button.dataset;
  const byPanel = root.querySelector('[name="dz-mode"]:checked').value === "panel";
  if (op === "panel" || (op === "x" && byPanel)) loadPanel(placeOf(button));
  else if (op === "x") send("command", { command: { op, ...placeOf(button) } });
  else if (op === "to_library") send("element", { command: { path } }).then(() => openPanel && loadPanel(openPanel));
  else send("command", { command: commandOf(button, op, path) });
  if (op === "delete" && panel.contains(button)) closePanel();
}

function closePanel() {
  openPanel = null;
  panel.replaceChildren();
}

function commandOf(button, op, path) {
  const command = { op, path };
  if (button.dataset.kind) command.kind = button.dataset.kind;
  if (button.dataset.to) command.to = Number(button.dataset.to);
  if (button.dataset.elementfrom) command.element = document.getElementById(button.dataset.elementfrom).value.trim();
  if (button.dataset.text) command.text = document.getElementById(button.dataset.text).value;
  if (op === "choices") command.code = button.dataset.code || document.getElementById(button.dataset.codefrom).value;
  return command;
}

/* --- Keys --- */

root.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ" && !event.target.matches("input, textarea")) {
    event.preventDefault();
    send(event.shiftKey ? "redo" : "undo", {});
    return;
  }
  const piece = event.target.closest("tr[id], th[id]");
  if (!piece || !event.target.dataset.path) return;
  if (event.key === "Enter" && piece.tagName === "TR" && event.target.matches("input")) nextRow(event);
  else if (event.altKey && /^Arrow(Up|Down|Left|Right)$/.test(event.key)) shift(event);
});

/* Enter in a row: a new one below. What is typed while it is on its way goes into it, further Enters too. */
let awaited = null;

root.addEventListener("beforeinput", (event) => {
  if (awaited === null) return;
  event.preventDefault();
  if (event.data) awaited += event.data;
  else if (event.inputType === "deleteContentBackward") awaited = awaited.slice(0, -1);
}, true);
root.addEventListener("keydown", (event) => {
  if (awaited === null || event.key !== "Enter") return;
  awaited += "\n";
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

function deliver(before) {
  const text = awaited;
  awaited = null;
  const field = document.activeElement;
  if (!text || field.id === before || !field.dataset.field) return;
  const [head, ...rest] = text.split("\n");
  if (head) {
    field.value = head;
    save(field);
  }
  if (rest.length) addBelow(field, rest.join("\n"));
}

function nextRow(event) {
  event.preventDefault();
  addBelow(event.target);
}

function addBelow(field, typed = "") {
  const [, list, at] = field.dataset.path.match(/^(.*)\.(\d+)$/);
  if (field.value !== field.defaultValue && field.dataset.sent !== field.value) save(field, "");
  const { id } = field;
  awaited = typed;
  send("command", { command: { op: "add", path: list, kind: "row", at: Number(at) + 1 } }).then(() => deliver(id));
}

function shift(event) {
  const back = /Up|Left/.test(event.key);
  const across = /Left|Right/.test(event.key);
  const { path } = event.target.dataset;
  const match = path.match(/\.(rows|columns)\.(\d+)$/);
  if (!match || across !== (match[1] === "columns")) return;
  event.preventDefault();
  const to = Number(match[2]) + (back ? -1 : 1);
  if (to >= 0) send("command", { command: { op: "move", path, to } });
}

const cells = new CellKeys(root);
watchDragging(root, (path, to) => send("command", { command: { op: "move", path, to } }));
watchRelations(root, `${base}check/`);
const forgetLook = watchPublishing(document.getElementById("dz-publish"), {
  settled: () => queue,
  faults,
  load: loadFaults,
});
loadFaults();
