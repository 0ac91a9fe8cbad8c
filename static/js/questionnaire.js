// Questions that depend on an earlier answer appear with it. Without this script all of them are shown, and the
// portal passes over what was not asked.

const form = document.querySelector(".questionnaire");

function chosen(name) {
  const marked = form.querySelector(`input[name="${name}"]:checked`);
  return marked && !marked.closest("fieldset.question").hidden ? marked.value : "";
}

function arrange() {
  for (const question of form.querySelectorAll("[data-shown-if]")) {
    question.hidden = chosen(question.dataset.shownIf) !== question.dataset.shownOption;
  }
}

if (form) {
  form.addEventListener("change", arrange);
  arrange();
}
