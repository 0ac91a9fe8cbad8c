/* The last round beside the cells. */
import { byId, form } from "./cells.js";
import { say } from "./status.js";

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
