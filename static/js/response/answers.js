/* What the server answers to a saving. */
import { form, setText, textOf } from "./cells.js";
import { ask } from "./clash.js";
import { showState, takeOthers } from "./others.js";
import { clearFault, clearMissing, showFault } from "./problems.js";
import { queue, seen } from "./saving.js";
import { say } from "./status.js";

export const onAnswer = (answer, edits) => {
  edits.forEach((edit) => {
    const { address } = edit;
    if (address in answer.faults) {
      if (textOf(address) === edit.value) showFault(address, answer.faults[address], answer.names[address]);
      queue.hold(address, edit);
      return;
    }
    const clash = answer.clashes.find((one) => one.address === address);
    if (clash) {
      queue.hold(address, edit);
      ask({ ...clash, mine: edit });
      return;
    }
    clearFault(address);
    if (edit.value !== "") clearMissing(address);
    if (!(address in answer.values)) return;
    seen.set(address, answer.values[address]);
    if (queue.pending[address]) queue.pending[address].was = answer.values[address];
    else if (textOf(address) === edit.value) setText(address, answer.values[address]);
  });
  takeOthers(answer);
  form.elements.base.value = queue.base;
  const faults = Object.keys(answer.faults).length;
  if (faults) say(`Сохранено в ${answer.saved_at}, кроме отмеченных ячеек: ${faults}`, "warning");
  else say(`Сохранено в ${answer.saved_at}`, "saved");
  showState(answer.state);
};
