/* The list of what is wrong, the words at the cells, the explanations of warnings. */
import { byId, form } from "./cells.js";

const problems = document.getElementById("check");
const problemList = document.getElementById("problem-list");
const explanations = new Map();

export const showFault = (address, message, name) => {
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
  addProblem({ key: `fault:${address}`, addresses: [address], severity: "error", message: `${name}: ${message}` });
};

export const clearFault = (address) => {
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

const addProblem = ({ key, addresses, severity, message, instance, name }) => {
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
  if (name) {
    const words = document.createElement("small");
    words.className = "cell-place";
    words.textContent = name;
    item.append(document.createElement("br"), words);
  }
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

export const markViolations = () => {
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


/* A blank that had to be filled is filled. */
export const clearMissing = (address) => removeProblem((item) => item.dataset.missing === address);

export const takeViolations = (answer) => {
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
