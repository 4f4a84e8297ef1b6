// The codebook as a list one types into: by name, by initials (ㅎㅎㅈㅅ), in English.

import { foundIn } from "/static/hangul.js";
import { fragment, get } from "/static/server.js";

const dialog = document.getElementById("codes");
const field = document.getElementById("find");
const none = document.getElementById("no-code");
let options = [];
let chosen = -1;
// Whether Enter was pressed before the list had come.
let entered = false;
let done = () => {};
let written = Promise.resolve();

export async function loadCodes() {
  const list = fragment(await (await get("/codes", {})).text());
  document.getElementById("code-list-place").replaceChildren(list);
  options = [...list.children];
}

// Opens the list and gives the code that was chosen, or null. `full` shows every definition.
// The field is there at once: what is typed before the list has come is looked for when it has.
// `kept` is done when all that was decided before is written; nobody leaves the page earlier.
export function chooseCode(title, full, at, kept) {
  written = kept;
  dialog.classList.toggle("full", full);
  document.getElementById("codes-title").textContent = title;
  field.value = "";
  entered = false;
  dialog.showModal();
  field.focus();
  return new Promise((resolve, reject) => {
    done = resolve;
    if (options.length) begin(at);
    else loadCodes().then(() => begin(at)).catch(reject);
  });
}

function begin(at) {
  filter();
  const start = options.findIndex(option => option.dataset.code === at);
  if (start >= 0 && !field.value) mark(start);
  if (entered) enter();
}

function enter() {
  if (chosen >= 0) close(options[chosen].dataset.code);
  else if (field.value.trim()) invent();
}

async function invent() {
  await written;
  location.assign(none.querySelector("a").href);
}

function shown() {
  return options.flatMap((option, place) => (option.hidden ? [] : [place]));
}

function filter() {
  const words = field.value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
  const found = options.map(option => words.map(word => foundIn(option.dataset.find, word)));
  options.forEach((option, place) => { option.hidden = found[place].includes(0); });
  const left = shown();
  none.hidden = left.length > 0;
  none.querySelector("a").href = `/codebook?${new URLSearchParams({ new: field.value.trim() })}`;
  // A code whose name begins with what was typed comes before one that only has it in it.
  const best = left.reduce((a, b) => (found[b][0] > found[a][0] ? b : a), left[0]);
  mark(best ?? -1);
}

function mark(place) {
  options[chosen]?.setAttribute("aria-selected", "false");
  chosen = place;
  const option = options[chosen];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function close(code) {
  const answer = done;
  done = () => {};
  dialog.close();
  answer(code);
}

field.addEventListener("input", () => { if (options.length) filter(); });
none.addEventListener("click", event => { event.preventDefault(); invent(); });
dialog.addEventListener("close", () => close(null));
dialog.addEventListener("click", event => {
  const option = event.target.closest("[role=option]");
  if (option) close(option.dataset.code);
  else if (event.target === dialog) close(null);
});
dialog.addEventListener("keydown", event => {
  if (event.isComposing && event.key !== "Enter") return;
  const left = shown();
  const at = left.indexOf(chosen);
  const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
  if (event.key in moves) {
    event.preventDefault();
    mark(left[Math.max(0, Math.min(left.length - 1, at + moves[event.key]))] ?? -1);
  } else if (event.key === "Enter" && event.target === field && !event.isComposing) {
    event.preventDefault();
    if (options.length) enter();
    else entered = true;
  }
});
