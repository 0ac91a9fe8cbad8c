/* The panel «Свойства» can be put away: the tables then take the whole width. */

export function watchFolding(button, layout, panel) {
  const fold = (folded) => {
    layout.classList.toggle("is-folded", folded);
    panel.hidden = folded;
    button.setAttribute("aria-expanded", String(!folded));
  };
  button.addEventListener("click", () => fold(!panel.hidden));
  return { unfold: () => fold(false) };
}
