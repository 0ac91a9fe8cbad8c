/* Filling a response in: every change is saved by itself, nothing typed is lost. */
(() => {
  "use strict";

  const form = document.getElementById("response-form");
  if (!form || !window.ImoQueue) return;

  const state = document.getElementById("save-state");
  const problems = document.getElementById("check");
  const problemList = document.getElementById("problem-list");
  const seen = new Map();
  const clashes = [];
  let leaving = false;

  const byId = (address) => document.getElementById(`c-${address}`);
  const fieldsOf = (address) => [...form.querySelectorAll(`[data-cell="${CSS.escape(address)}"]`)];
  const isGroup = (field) => field.type === "radio" || field.type === "checkbox";

  /* The text of a cell as it stands on the page; codes of several answers are joined. */
  const textOf = (address) => {
    const fields = fieldsOf(address);
    if (!fields.length) return "";
    if (!isGroup(fields[0])) return fields[0].value;
    return fields.filter((one) => one.checked && one.value).map((one) => one.value).join(",");
  };

  const setText = (address, text) => {
    const codes = text.split(",");
    fieldsOf(address).forEach((field) => {
      if (isGroup(field)) field.checked = text ? codes.includes(field.value) : field.type === "radio" && field.value === "";
      else if ("value" in field) field.value = text;
    });
  };

  const titleOf = (address) => {
    const field = fieldsOf(address)[0];
    const holder = field && (field.closest("[aria-labelledby]") || field);
    const ids = holder ? (holder.getAttribute("aria-labelledby") || "").split(" ") : [];
    const words = ids.map((id) => document.getElementById(id)).filter(Boolean).map((one) => one.textContent.trim());
    return words.join(" — ") || address;
  };

  const say = (text, kind = "") => {
    state.textContent = text;
    state.dataset.kind = kind;
  };

  // --- What the server answers ---

  const showFault = (address, message) => {
    clearFault(address);
    const target = byId(address);
    if (!target) return;
    const note = document.createElement("div");
    note.className = "cell-fault";
    note.id = `f-${address}`;
    note.textContent = message;
    target.after(note);
    target.setAttribute("aria-invalid", "true");
    target.setAttribute("data-fault", "");
    target.setAttribute("aria-describedby", note.id);
    addProblem({ key: `fault:${address}`, addresses: [address], severity: "error", message: `${titleOf(address)}: ${message}` });
  };

  const clearFault = (address) => {
    const target = byId(address);
    document.getElementById(`f-${address}`)?.remove();
    if (target && target.hasAttribute("data-fault")) {
      ["aria-invalid", "data-fault", "aria-describedby"].forEach((name) => target.removeAttribute(name));
    }
    removeProblem((item) => item.dataset.faultOf === address || item.dataset.key === `fault:${address}`);
  };

  const removeProblem = (matches) => {
    [...problemList.children].filter(matches).forEach((item) => item.remove());
    problems.hidden = problemList.children.length === 0;
  };

  const addProblem = ({ key, addresses, severity, message, instance }) => {
    const item = document.createElement("li");
    item.className = `is-${severity}`;
    item.dataset.key = key;
    item.dataset.addresses = addresses.join(" ");
    if (instance) item.dataset.instance = instance;
    const badge = document.createElement("span");
    badge.className = `state tone-${severity === "error" ? "danger" : "warning"}`;
    badge.textContent = severity === "error" ? "Ошибка" : "Предупреждение";
    const link = document.createElement("a");
    link.href = addresses.length ? `#c-${addresses[0]}` : "#check";
    link.textContent = message;
    item.append(badge, " ", link);
    if (instance && severity === "warning") item.append(explanationField(instance));
    problemList.append(item);
    problems.querySelector("h2").textContent = "Что нужно исправить или пояснить";
    problems.hidden = false;
  };

  const explanationField = (instance) => {
    const label = document.createElement("label");
    label.className = "explain";
    const area = document.createElement("textarea");
    Object.assign(area, { className: "form-control", name: `e:${instance}`, rows: 2, maxLength: 1000 });
    area.value = explanations.get(instance) || "";
    label.append("Пояснение ", area);
    return label;
  };
  const explanations = new Map();

  const markViolations = () => {
    const severities = new Map();
    problemList.querySelectorAll("li[data-instance]").forEach((item) => {
      const severity = item.classList.contains("is-error") ? "error" : "warning";
      item.dataset.addresses.split(" ").filter(Boolean).forEach((address) => {
        if (severities.get(address) !== "error") severities.set(address, severity);
      });
    });
    form.querySelectorAll("[data-violation]").forEach((one) => one.removeAttribute("data-violation"));
    severities.forEach((severity, address) => byId(address)?.setAttribute("data-violation", severity));
    problemList.querySelectorAll("li[data-missing]").forEach((item) => {
      byId(item.dataset.missing)?.setAttribute("data-violation", "error");
    });
  };

  const takeViolations = (answer) => {
    const lookedAt = new Set(answer.looked_at || []);
    problemList.querySelectorAll("textarea[name^='e:']").forEach((area) => {
      explanations.set(area.name.slice(2), area.value);
    });
    const standing = new Set(answer.violations.map((one) => one.instance));
    const kept = new Set();
    removeProblem((item) => {
      const { instance } = item.dataset;
      if (!instance || !lookedAt.has(instance)) return false;
      if (standing.has(instance) && item.contains(document.activeElement)) { kept.add(instance); return false; }
      return true;
    });
    answer.violations.filter((one) => !kept.has(one.instance)).forEach((one) => {
      addProblem({ ...one, key: `relation:${one.instance}` });
    });
    markViolations();
  };

  const takeShape = (answer) => {
    if (answer.hidden) {
      const hidden = new Set(answer.hidden);
      form.querySelectorAll("[data-stands]").forEach((one) => {
        one.hidden = one.dataset.stands.split("|").some((key) => hidden.has(key));
      });
    }
    (answer.progress || []).forEach((count, index) => {
      const counter = document.querySelector(`[data-section-link="${index}"] .section-count > span`);
      if (counter) counter.textContent = count;
    });
    const total = document.getElementById("filled-total");
    if (total && answer.progress) total.textContent = answer.progress.reduce((sum, one) => sum + one, 0);
  };

  const onAnswer = (answer, edits) => {
    edits.forEach((edit) => {
      const { address } = edit;
      if (address in answer.faults) {
        if (textOf(address) === edit.value) showFault(address, answer.faults[address]);
        queue.hold(address, edit);
        return;
      }
      const clash = answer.clashes.find((one) => one.address === address);
      if (clash) {
        queue.hold(address, edit);
        clashes.push({ ...clash, mine: edit });
        return;
      }
      clearFault(address);
      removeProblem((item) => item.dataset.missing === address && edit.value !== "");
      if (!(address in answer.values)) return;
      seen.set(address, answer.values[address]);
      if (queue.pending[address]) queue.pending[address].was = answer.values[address];
      else if (textOf(address) === edit.value) setText(address, answer.values[address]);
    });
    (answer.others || []).forEach(takeOther);
    Object.entries(answer.computed || {}).forEach(([address, shown]) => {
      const target = byId(address);
      if (target && target.hasAttribute("data-computed") && target.textContent !== shown) {
        target.textContent = shown;
        flash(target);
      }
    });
    takeViolations(answer);
    takeShape(answer);
    form.elements.base.value = queue.base;
    const faults = Object.keys(answer.faults).length;
    if (faults) say(`Сохранено в ${answer.saved_at}, кроме отмеченных ячеек: ${faults}`, "warning");
    else say(`Сохранено в ${answer.saved_at}`, "saved");
    const badge = document.querySelector(".page-state .state");
    if (badge && answer.state) badge.textContent = answer.state;
    settleClash();
  };

  /* Somebody else has written into a cell that nobody types into here. */
  const takeOther = (other) => {
    if (queue.textOf(other.address) !== undefined) return;
    seen.set(other.address, other.value);
    if (textOf(other.address) === other.value) return;
    const target = byId(other.address);
    if (target && target.contains(document.activeElement) && isGroup(document.activeElement)) return;
    setText(other.address, other.value);
    if (target) { target.title = `${other.by}, ${other.at}`; flash(target); }
  };

  const flash = (target) => {
    target.classList.add("is-fresh");
    setTimeout(() => target.classList.remove("is-fresh"), 1500);
  };

  // --- Two people on one cell ---

  const dialog = document.getElementById("clash");

  const settleClash = () => {
    if (!clashes.length || dialog.open) return;
    const { title, shown, by, at, mine } = clashes[0];
    dialog.querySelector("#clash-text").textContent =
      `${title}: в ячейке уже значение «${shown}» (${by}${at ? `, ${at}` : ""}). Ваше: «${mine.value || "пусто"}».`;
    dialog.showModal();
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

  // --- Typing ---

  const onStatus = (status, told) => {
    if (status === "saving") say("Сохраняется…", "saving");
    if (status === "offline") say("Нет связи, введённое сохранено в этом браузере", "offline");
    if (status === "signed-out") say("Вы вышли из портала: войдите в другой вкладке. Введённое сохранено в этом браузере", "offline");
    if (status === "refused") say(told, "refused");
  };

  const queue = new window.ImoQueue.Queue({
    url: form.dataset.cellsUrl,
    storageKey: `imo-response-${form.dataset.response}-${form.dataset.user}`,
    base: Number(form.dataset.base),
    onAnswer,
    onStatus,
  });

  const edited = (field, delay, source = "typed") => {
    const address = field.dataset.cell;
    const text = textOf(address);
    if (!seen.has(address)) return;
    if (text === seen.get(address) && queue.textOf(address) === undefined) return;
    queue.put(address, text, seen.get(address), source, delay);
  };

  const remember = (root) => {
    root.querySelectorAll("input[data-cell], select[data-cell], textarea[data-cell]").forEach((field) => {
      const address = field.dataset.cell;
      const stored = byId(address)?.dataset.seen;
      if (!seen.has(address)) seen.set(address, stored === undefined ? textOf(address) : stored);
    });
  };

  const restore = () => {
    const kept = [...Object.entries(queue.pending).map(([address, edit]) => ({ address, ...edit })), ...(queue.sent ? queue.sent.edits : [])];
    kept.forEach((edit) => { if (fieldsOf(edit.address).length) setText(edit.address, edit.value); });
    if (kept.length) {
      say("Досылается введённое раньше…", "saving");
      queue.schedule(0);
    }
  };

  form.addEventListener("input", (event) => {
    const field = event.target.closest("[data-cell]");
    if (field) edited(field, 900);
    const area = event.target.closest("textarea[name^='e:']");
    if (area) keepExplanation(area);
  });
  document.addEventListener("input", (event) => {
    const area = event.target.closest("textarea[name^='e:']");
    if (area && !form.contains(area)) keepExplanation(area);
  });
  form.addEventListener("change", (event) => {
    const field = event.target.closest("[data-cell]");
    if (field) edited(field, 150);
  });

  let explainTimer = null;
  const keepExplanation = (area) => {
    clearTimeout(explainTimer);
    explainTimer = setTimeout(async () => {
      const body = new FormData();
      body.append("instance", area.name.slice(2));
      body.append("text", area.value);
      try {
        const reply = await post(form.dataset.explainUrl, body);
        if (reply.ok) say("Пояснение сохранено", "saved");
      } catch {
        say("Пояснение ещё не сохранено: нет связи", "offline");
      }
    }, 900);
  };

  const post = (url, body) =>
    fetch(url, { method: "POST", redirect: "manual", headers: { "X-CSRFToken": window.ImoQueue.csrf() }, body });

  window.ImoGrid.start(form, ({ filled, passed }) => {
    filled.forEach((field) => edited(field, 150, "pasted"));
    say(`Вставлено ячеек: ${filled.length}${passed ? `; пропущено: ${passed} (ячейка закрыта или её нет)` : ""}`, "saved");
  });

  // --- Rows of open tables ---

  const addRow = async (button) => {
    const section = button.value.slice("add:".length);
    const body = new FormData();
    body.append("do", "add");
    body.append("section", section);
    const table = form.querySelector(`[data-open="${CSS.escape(section)}"]`);
    if (!(await queue.flush())) return;
    const reply = await post(form.dataset.rowsUrl, body);
    const answer = await reply.json();
    if (answer.told) return say(answer.told, "refused");
    table.insertAdjacentHTML("beforeend", answer.html);
    const row = table.lastElementChild;
    remember(row);
    numberRows(table);
    row.querySelector("[data-cell]")?.focus();
  };

  const removeRow = async (button) => {
    const [section, row] = button.value.slice("remove:".length).split(/\/(?=[^/]*$)/);
    const body = new FormData();
    body.append("do", "remove");
    body.append("section", section);
    body.append("row", row);
    if (!(await queue.flush())) return;
    const reply = await post(form.dataset.rowsUrl, body);
    const answer = await reply.json();
    if (answer.told) return say(answer.told, "refused");
    const line = button.closest("tr");
    const table = line.parentElement;
    line.querySelectorAll("[data-cell]").forEach((one) => seen.delete(one.dataset.cell));
    line.remove();
    numberRows(table);
    Object.entries(answer.computed).forEach(([address, shown]) => {
      const target = byId(address);
      if (target) target.textContent = shown;
    });
    say("Строка удалена", "saved");
  };

  const numberRows = (table) => {
    [...table.rows].forEach((row, index) => { row.cells[0].textContent = index + 1; });
  };

  form.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add-row]");
    const remove = event.target.closest("[data-remove-row]");
    if (!add && !remove) return;
    event.preventDefault();
    (add ? addRow(add) : removeRow(remove)).catch(() => say("Нет связи: строка не изменена", "offline"));
  });

  // --- The last round beside the cells ---

  const toggle = document.getElementById("last-toggle");
  const showLast = async () => {
    if (form.classList.contains("with-last")) {
      form.querySelectorAll(".cell-last").forEach((one) => one.remove());
    } else {
      const reply = await fetch(form.dataset.lastUrl, { headers: { Accept: "application/json" } });
      const answer = await reply.json();
      if (!answer.found) return say("За прошлый период принятого отчёта нет", "warning");
      Object.entries(answer.cells).forEach(([address, one]) => putLast(address, one));
    }
    toggle.setAttribute("aria-pressed", String(form.classList.toggle("with-last")));
  };

  const putLast = (address, { value, difference }) => {
    const target = byId(address);
    if (!target) return;
    const note = document.createElement("div");
    note.className = "cell-last";
    note.textContent = value;
    if (difference) {
      const gap = document.createElement("span");
      gap.className = "cell-gap";
      gap.textContent = ` ${difference}`;
      note.append(gap);
    }
    target.after(note);
  };

  toggle?.addEventListener("click", (event) => {
    event.preventDefault();
    showLast().catch(() => { location.href = toggle.href; });
  });

  // --- Jumps, the cell in focus ---

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#c-"]');
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView({ block: "center" });
    (target.matches("input, select, textarea") ? target : target.querySelector("input:not([type=hidden])") || target).focus();
  });

  const focusLine = document.getElementById("focus-cell");
  form.addEventListener("focusin", (event) => {
    const field = event.target.closest("[data-cell]");
    if (!field) return;
    focusLine.hidden = false;
    focusLine.dataset.cell = field.dataset.cell;
    focusLine.firstElementChild.textContent = titleOf(field.dataset.cell);
  });
  focusLine.querySelector("[data-cell-history]").addEventListener("click", () => {
    window.ImoPanel?.open(focusLine.dataset.cell, byId(focusLine.dataset.cell));
  });

  // --- Sending: everything typed goes first, one press is one sending ---

  form.addEventListener("submit", async (event) => {
    if (form.dataset.sent === "yes") return event.preventDefault();
    if (queue.isIdle && !queue.isBusy) {
      form.dataset.sent = "yes";
      leaving = true;
      setTimeout(() => { form.dataset.sent = ""; }, 15000);
      return undefined;
    }
    event.preventDefault();
    const { submitter } = event;
    const isDone = await queue.flush();
    if (isDone) form.requestSubmit(submitter);
    return undefined;
  });

  window.addEventListener("pageshow", () => { form.dataset.sent = ""; leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || queue.isClean) return;
    event.preventDefault();
  });

  remember(form);
  restore();
  markViolations();
})();
