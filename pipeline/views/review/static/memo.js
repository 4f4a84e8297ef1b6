// Writing a memo on the passage, on a code or on the interview.

const dialog = document.getElementById("memo");
const form = dialog.querySelector("form");
const text = document.getElementById("memo-text");
let known = {};

// Gives {on, text}, or null if nothing is to be saved. `there` gives the memos there are; once
// all that was decided before is `kept`, they may be others: another passage may be at hand.
export function writeMemo(there, code, kept) {
  known = there();
  kept.then(() => {
    const before = known[form.elements.on.value] ?? "";
    known = there();
    if (text.value === before) text.value = known[form.elements.on.value] ?? "";
  });
  const choices = [...form.elements.on];
  choices[1].disabled = !code;
  choices[1].parentElement.querySelector(".on-what").textContent = code;
  choices[0].checked = true;
  text.value = known.passage;
  dialog.returnValue = "";
  dialog.showModal();
  text.focus();
  return new Promise(resolve => {
    dialog.addEventListener("close", () => {
      const on = form.elements.on.value;
      const changed = text.value.trim() !== (known[on] ?? "").trim();
      resolve(dialog.returnValue === "save" && changed ? { on, text: text.value } : null);
    }, { once: true });
  });
}

form.addEventListener("change", event => {
  if (event.target.name === "on") text.value = known[event.target.value] ?? "";
});
text.addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) dialog.close("save");
});
