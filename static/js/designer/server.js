/* Requests of the designer to the portal. */

const csrf = () => {
  const match = document.cookie.match(/(?:^|;\s*)imo_csrf=([^;]+)/);
  return match ? decodeURIComponent(match[1]) : "";
};

export const post = (url, body) =>
  fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "X-CSRFToken": csrf(), "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
