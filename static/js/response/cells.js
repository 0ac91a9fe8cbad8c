/* Cells of the form as they stand on the page: found by address, read, written, named. */
export const form = document.getElementById("response-form");

export const byId = (address) => document.getElementById(`c-${address}`);
export const fieldsOf = (address) => [...form.querySelectorAll(`[data-cell="${CSS.escape(address)}"]`)];
export const isGroup = (field) => field.type === "radio" || field.type === "checkbox";

/* The text of a cell as it stands on the page; codes of several answers are joined. */
export const textOf = (address) => {
  const fields = fieldsOf(address);
  if (!fields.length) return "";
  if (!isGroup(fields[0])) return fields[0].value;
  return fields.filter((one) => one.checked && one.value).map((one) => one.value).join(",");
};

export const setText = (address, text) => {
  const codes = text.split(",");
  fieldsOf(address).forEach((field) => {
    if (isGroup(field)) field.checked = text ? codes.includes(field.value) : field.type === "radio" && field.value === "";
    else if ("value" in field) field.value = text;
  });
};

export const titleOf = (address) => {
  const field = fieldsOf(address)[0];
  const holder = field && (field.closest("[aria-labelledby]") || field);
  const ids = holder ? (holder.getAttribute("aria-labelledby") || "").split(" ") : [];
  const words = ids.map((id) => document.getElementById(id)).filter(Boolean).map((one) => one.textContent.trim());
  return words.join(" — ") || address;
};

export const flash = (target) => {
  target.classList.add("is-fresh");
  setTimeout(() => target.classList.remove("is-fresh"), 1500);
};

export const showComputed = (computed) => {
  Object.entries(computed || {}).forEach(([address, shown]) => {
    const target = byId(address);
    if (target && target.hasAttribute("data-computed") && target.textContent !== shown) {
      target.textContent = shown;
      flash(target);
    }
  });
};

/* Makes a change of the page under which the field in use stays where the eye has it. */
export const steadily = (change) => {
  const held = document.activeElement;
  if (!held || !form.contains(held)) return change();
  const before = held.getBoundingClientRect().top;
  change();
  const moved = held.isConnected ? held.getBoundingClientRect().top - before : 0;
  if (Math.abs(moved) > 1) window.scrollBy({ top: moved, behavior: "instant" });
  return undefined;
};
