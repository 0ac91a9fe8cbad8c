/* An open page asks whether something has changed elsewhere: cells, or the way of the whole response. */

const SECONDS = 15;
const SLOW_SECONDS = 60;
const QUIET = 40;
const page = document.getElementById("response-form") || document.getElementById("response-read");
const notice = document.getElementById("news");
let timer = null;
let quiet = 0;
let failures = 0;
let options = null;

/* Every 15 seconds; once a minute after ten quiet minutes; ever more seldom while there is no answer. */
const delay = () => {
  if (failures) return Math.min(SECONDS * 2 ** failures, 240);
  return quiet > QUIET ? SLOW_SECONDS : SECONDS;
};

const schedule = () => {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(ask, delay() * 1000);
};

const tellMoved = (answer) => {
  const link = document.createElement("a");
  link.href = location.pathname;
  link.className = "alert-link";
  link.textContent = "Обновить страницу";
  link.addEventListener("click", () => options.onLeave());
  const kept = options.unsaved();
  const rest = kept ? ` Не сохранено ячеек: ${kept}. Они остаются в этом браузере, пока отчёт снова не откроют.` : "";
  notice.replaceChildren(`${answer.told}${rest} `, link);
  notice.hidden = false;
};

const take = (answer, base) => {
  if (answer.told) {
    page.dataset.stamp = answer.stamp;
    tellMoved(answer);
    options.onMoved(answer);
  }
  /* A saving that came back meanwhile has brought the same and more. */
  if (options.base() === base) options.onChanged(answer);
};

const ask = async () => {
  if (options.isBusy()) return schedule();
  const base = options.base();
  const query = new URLSearchParams({ base, stamp: page.dataset.stamp, cells: options.cells });
  try {
    const reply = await fetch(`${page.dataset.newsUrl}?${query}`, {
      redirect: "manual",
      headers: { Accept: "application/json" },
    });
    if (reply.status === 200) take(await reply.json(), base);
    else if (reply.status !== 204) throw new Error(String(reply.status));
    quiet = reply.status === 204 ? quiet + 1 : 0;
    failures = 0;
  } catch {
    failures += 1;
  }
  return schedule();
};

/* `base()` latest change known here; `cells` "1" to hear of cells; `onChanged`, `onMoved` hear the answers. */
export const startNews = (given) => {
  if (!page || !notice) return;
  options = given;
  page.addEventListener("input", () => { quiet = 0; });
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) ask();
  });
  schedule();
};
