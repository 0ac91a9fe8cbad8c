/* Publishing is asked about only when nothing is wrong: before that the faults are read anew and shown. */

export function watchPublishing(holder, { settled, faults, load }) {
  let clean = null;

  const isOurs = (event) => holder && holder.contains(event.target);

  async function look(form) {
    await settled();
    await load().catch(() => {});
    const list = faults.querySelector(".dz-faultlist");
    if (list) {
      list.open = true;
      list.querySelector("summary").focus();
      list.scrollIntoView({ block: "center" });
      return;
    }
    clean = form;
    form.requestSubmit();
  }

  /* On the window, before the page asks for confirmation; the second submission is the confirmed one. */
  window.addEventListener("submit", (event) => {
    if (!isOurs(event) || clean === event.target) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    look(event.target);
  }, true);

  /* After an edit the draft is looked at again. */
  return () => { clean = null; };
}
