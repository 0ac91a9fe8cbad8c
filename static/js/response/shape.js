/* Parts of the form that conditions show and hide. */
import { form } from "./cells.js";

export const showHidden = (keys) => {
  const hidden = new Set(keys);
  form.querySelectorAll("[data-stands]").forEach((one) => {
    one.hidden = one.dataset.stands.split("|").some((key) => hidden.has(key));
  });
};
