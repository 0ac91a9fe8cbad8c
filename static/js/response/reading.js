/* A response that is only read: the panel of a cell, and news that it has been sent, returned or accepted. */
import "./attachments.js";
import { startNews } from "./news.js";
import "./panel.js";

startNews({
  base: () => document.getElementById("response-read").dataset.base,
  cells: "0",
  isBusy: () => false,
  unsaved: () => 0,
  onLeave: () => {},
  onMoved: () => {},
  onChanged: (answer) => { document.getElementById("response-read").dataset.base = answer.base; },
});
