/* The panel of a cell: history and remarks, opened beside the form without leaving it. */
const root = document.querySelector("[data-panel-url]");
const panel = document.getElementById("cell-panel");
let opener = null;

const close = () => {
  panel.hidden = true;
  if (opener && document.contains(opener)) opener.focus();
};

export const openPanel = async (address, from) => {
  const reply = await fetch(`${root.dataset.panelUrl}?cell=${encodeURIComponent(address)}`, {
    headers: { Accept: "text/html" },
    redirect: "manual",
  });
  if (!reply.ok) return;
  panel.innerHTML = await reply.text();
  panel.hidden = false;
  opener = from;
  panel.focus();
};

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-panel]")) return close();
  const link = event.target.closest("[data-open-cell], a.cell-link");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openPanel(link.dataset.openCell || link.dataset.cell, link).catch(() => { location.href = link.href; });
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden && panel.contains(document.activeElement)) close();
});

if (!panel.hidden && location.hash === "#cell-panel") panel.focus();
