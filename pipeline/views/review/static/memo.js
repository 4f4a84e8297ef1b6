// Writing a memo on the passage, on a code or on the interview.

const dialog = document.getElementById("memo");
const form = dialog.querySelector("form");
const text = document.getElementById("memo-text");
let known = {};

// What was typed and not saved is kept in the tab: it is there when the memo is opened again.
let draft = () => "";
let filled = "";
const fill = () => {
  filled = sessionStorage.getItem(draft()) ?? known[form.elements.on.value] ?? "";
  text.value = filled;
};
let typed = new Set();   // drafts, begun before another passage came to be at hand, too

// Gives {on, text, saved}, or null if nothing is to be saved; `saved` is to be called when it is.
// `at` gives the passage at hand and `there` the memos there are; once all that was decided before
// is `kept`, they may be others.
export function writeMemo(at, there, code, kept) {
  typed = new Set();
  known = there();
  draft = () => {
    const on = form.elements.on.value;
    return `memo ${on} ${on === "code" ? code : at()}`;
  };
  kept.then(() => {
    known = there();
    if (text.value === filled) fill();
  });
  const choices = [...form.elements.on];
  choices[1].disabled = !code;
  choices[1].parentElement.querySelector(".on-what").textContent = code;
  choices[0].checked = true;
  fill();
  dialog.returnValue = "";
  dialog.showModal();
  text.focus();
  return new Promise(resolve => {
    dialog.addEventListener("close", () => {
      const on = form.elements.on.value;
      const drafts = [draft(), ...typed].filter(one => one.startsWith(`memo ${on} `));
      const saved = () => drafts.forEach(one => sessionStorage.removeItem(one));
      const changed = text.value.trim() !== (known[on] ?? "").trim();
      if (!changed) saved();
      resolve(dialog.returnValue === "save" && changed ? { on, text: text.value, saved } : null);
    }, { once: true });
  });
}

form.addEventListener("change", event => {
  if (event.target.name === "on") fill();
});
text.addEventListener("input", () => {
  typed.add(draft());
  sessionStorage.setItem(draft(), text.value);
});
text.addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) dialog.close("save");
});
