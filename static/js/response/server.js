/* Requests of the page to the portal. */

export const csrf = () => {
  const match = document.cookie.match(/(?:^|;\s*)imo_csrf=([^;]+)/);
  return match ? decodeURIComponent(match[1]) : "";
};

export const newKey = () =>
  crypto.randomUUID
    ? crypto.randomUUID()
    : [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");

export const post = (url, body) =>
  fetch(url, { method: "POST", redirect: "manual", headers: { "X-CSRFToken": csrf() }, body });
