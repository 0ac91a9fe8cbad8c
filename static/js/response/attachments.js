/* A file that the portal would refuse for its size is told of before it is sent. */

const input = document.getElementById("attachment-file");

input?.addEventListener("change", () => {
  const limit = Number(input.dataset.maxBytes);
  const isTooLarge = [...input.files].some((file) => file.size > limit);
  input.setCustomValidity(isTooLarge ? `Файл больше ${Math.floor(limit / 1048576)} МБ: портал его не примет.` : "");
  input.reportValidity();
});
