// The desk: one passage after the other. A decision is painted at once from what the page has;
// it is on the disk before the next key is acted upon.

import { chooseCode, loadCodes } from "/static/codes.js";
import { isTyping, keyOf } from "/static/keys.js";
import { writeMemo } from "/static/memo.js";
import { Refused, fragment, get, post } from "/static/server.js";
import { dropSelection, selectByWords, selectedSpan } from "/static/spans.js";
import { patch, place, replace, turnPage } from "/static/talk.js";

const main = document.getElementById("content");
const status = document.getElementById("said");
const says = JSON.parse(document.getElementById("words").content.textContent);
// What is remembered in a tab is one coder's.
if (sessionStorage.getItem("coder") !== main.dataset.coder) sessionStorage.clear();
sessionStorage.setItem("coder", main.dataset.coder);
// Who comes back from another page, or from logging in, goes on where she was.
if (!location.search && sessionStorage.getItem("place")) location.replace(sessionStorage.getItem("place"));
const ahead = new Map();   // passages fetched before they are asked for
const visited = JSON.parse(sessionStorage.getItem("visited") ?? "[]");
const order = { order: main.dataset.order, code: main.dataset.codeOrder };
const finished = new Set();   // of late: passages fetched ahead do not know of them yet
let last = Promise.resolve();
let cursor = 0;
let waiting = 0;
let busy = 0;
let calls = 0;
let undoable = "";   // the decision that u takes back, as the program said last

const nDone = document.getElementById("n-done");
const count = number => { nDone.textContent = number; };
const passage = () => document.getElementById("passage");
const suggestions = () => [...document.querySelectorAll("#passage .suggestion")];
const chosen = () => suggestions()[cursor];

function say(key, values = {}) {
  status.textContent = (says[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// ── showing ──

function show(article) {
  const same = article.dataset.at === passage().dataset.at;
  if (same) patch(article);
  else {
    replace(article);
    visited.push(passage().dataset.at);
    sessionStorage.setItem("visited", JSON.stringify(visited.slice(-500)));
    dropSelection();
    cursor = 0;
    place();
    remember();
  }
  point(cursor);
}

function remember() {
  const here = `?${new URLSearchParams({ ...order, segment: passage().dataset.at })}`;
  history.replaceState(null, "", here);
  sessionStorage.setItem("place", here);
}

function point(place) {
  const all = suggestions();
  cursor = Math.max(0, Math.min(all.length - 1, place));
  all.forEach((one, n) => one.classList.toggle("cursor", n === cursor));
  const rank = chosen()?.dataset.rank;
  for (const word of document.querySelectorAll("#passage .word")) {
    word.classList.toggle("strong", word.dataset.for.split(" ").includes(rank));
  }
}

// ── fetching ──

async function fetched(segment) {
  const html = await (await get("/passage", { ...order, segment })).text();
  return fragment(html);
}

// One after the other: a decision made meanwhile waits for one passage, not for all.
async function fetchAhead() {
  const mine = ++calls;
  const at = passage().dataset;
  const wanted = new Set([at.following, ...open().slice(0, 2), at.previous].filter(Boolean));
  for (const segment of ahead.keys()) if (!wanted.has(segment)) ahead.delete(segment);
  for (const segment of wanted) {
    if (!ahead.has(segment)) ahead.set(segment, fetched(segment).catch(() => null));
    await ahead.get(segment);
    if (mine !== calls) return;
  }
}

// What is not done and comes next; what was passed over in this sitting waits.
function open() {
  const segments = JSON.parse(passage().dataset.ahead).filter(segment => !finished.has(segment));
  if (order.order === "spoken") return segments;
  const fresh = segments.filter(segment => !visited.includes(segment));
  return fresh.length ? fresh : segments;
}

// After a decision: the order and the suggestions of what follows are learned anew.
async function learnAhead() {
  const mine = ++waiting;
  await new Promise(resolve => setTimeout(resolve, 250));
  if (mine !== waiting) return;
  const segment = passage().dataset.at;
  const found = await (await get("/ahead", { ...order, segment })).json();
  if (segment === passage().dataset.at && mine === waiting) {
    passage().dataset.ahead = JSON.stringify(found.ahead);
    for (const [other, article] of ahead) {
      if (Number((await article)?.dataset.model) !== found.model) ahead.delete(other);
    }
    fetchAhead();
    if (found.behind) learnAhead();
  }
}

async function go(segment, none = "said_end") {
  if (!segment) return say(none);
  const article = await (ahead.get(segment) ?? fetched(segment)) ?? await fetched(segment);
  ahead.delete(segment);
  show(article);
  say("said_at", { at: passage().dataset.at });
}

// ── deciding ──

async function keep(path, body, shows = true) {
  const at = passage().dataset;
  const response = await post(path, {
    segment: at.at, model: Number(at.model), turns: Number(at.turns),
    order: order.order, code_order: order.code, ...body,
  });
  if (response.headers.get("content-type")?.includes("json")) return null;
  const article = fragment(await response.text());
  const { at: segment, done, nDone: number } = article.dataset;
  ahead.delete(segment);
  if (done) finished.add(segment); else finished.delete(segment);
  count(number);
  undoable = article.dataset.last;
  if (shows) show(article);
  learnAhead();
  return article;
}

// Paints a decision before it is kept; what could not be kept leaves the page again.
async function painted(paint, task) {
  const side = document.querySelector("#passage .side");
  const before = side.cloneNode(true);
  paint();
  try {
    return await task();
  } catch (error) {
    side.replaceWith(before);
    throw error;
  }
}

async function put(item) {
  if (!item) return say("said_hidden");
  const { code, put: there } = item.dataset;
  say(there ? "said_removed" : "said_put", { code });
  await painted(() => {
    item.classList.toggle("put", !there);
    item.classList.remove("rejected");
    item.querySelector(".pick").setAttribute("aria-pressed", String(!there));
  }, () => there ? keep("/decide", { action: "undo", of: there }) : putCode(code));
}

async function putCode(code) {
  const span = selectedSpan();
  say("said_put", { code });
  await keep("/decide", { action: "put", code, span });
  dropSelection();
}

async function reject(item) {
  if (!item) return say("said_hidden");
  const { code, rejected } = item.dataset;
  const place = suggestions().indexOf(item);
  say(rejected ? "said_unrejected" : "said_rejected", { code });
  await painted(() => {
    item.classList.toggle("rejected", !rejected);
    item.classList.remove("put");
    item.querySelector("[data-do=reject]").setAttribute("aria-pressed", String(!rejected));
  }, () => keep("/decide", rejected ? { action: "undo", of: rejected } : { action: "reject", code }));
  if (!rejected) point(place + 1);
}

async function finish() {
  const left = passage();
  const { at: segment, model, done, hidden } = left.dataset;
  const next = () => open()[0];
  if (done) return next() ? go(next()) : say("said_all_done");
  say(hidden ? "said_shown" : "said_done");
  count(Number(nDone.textContent) + 1);
  try {
    // What was hidden shows now: there is something to look at.
    if (hidden) return await keep("/decide", { action: "done" });
    finished.add(segment);
    const on = next();
    if (on) await go(on);
    say(on ? "said_done_at" : "said_all_done", { at: on });
    return await keep("/decide", { action: "done", segment, model: Number(model) }, !on);
  } catch (error) {
    finished.delete(segment);
    count(Number(nDone.textContent) - 1);
    if (passage() !== left) show(left);
    throw error;
  }
}

async function reopen() {
  await keep("/decide", { action: "undo", of: passage().dataset.done });
  say("said_reopened");
}

// What is about to be undone leaves the page at once, if it is on it.
function unpaint(id) {
  if (!id) return;
  document.querySelector(`#passage .coding[data-id="${id}"]`)?.remove();
  for (const item of suggestions()) {
    for (const [mark, button] of [["put", ".pick"], ["rejected", ".no"]]) {
      if (item.dataset[mark] !== id) continue;
      item.classList.remove(mark);
      item.querySelector(button).setAttribute("aria-pressed", "false");
    }
  }
}

async function undo(redo) {
  const what = redo ? "said_redone" : "said_undone";
  say(what);
  const before = passage().dataset.at;
  const article = await painted(() => { if (!redo) unpaint(undoable); }, () => keep("/undo", { redo }));
  if (!article) say("said_nothing");
  else if (article.dataset.at !== before) {
    say("said_elsewhere", { what: says[what], at: article.dataset.at });
  }
}

async function changeSpan() {
  const own = [...document.querySelectorAll("#passage .coding[data-own]")];
  if (!own.length) return say("said_nothing_to_change");
  const span = selectedSpan();
  if (!span) {
    selectByWords(true, false);
    return say("said_select");
  }
  // The suggestion under the cursor if its code is on the passage, else what was put last.
  const item = own.find(one => one.dataset.code === chosen()?.dataset.code) ?? own.at(-1);
  await keep("/decide", { action: "put", of: item.dataset.id, span });
  dropSelection();
  say("said_span");
}

// A dialog opens at the key, whatever is still to be written: what is typed next belongs to it.
// What was chosen in it waits in line.
async function add(title, full) {
  const at = full ? chosen()?.dataset.code : "";
  const segment = passage().dataset.at;
  // The dialog takes the focus and with it what is selected in some browsers.
  const selected = selectedSpan();
  const code = await chooseCode(title, full, at, last);
  if (code) queue(async () => {
    const span = segment === passage().dataset.at ? selected : null;
    say("said_put", { code });
    await keep("/decide", { action: "put", code, span });
    dropSelection();
  });
}

async function memo() {
  const there = () => {
    const own = on => document.querySelector(`#passage .note[data-on=${on}][data-own] .text`)?.textContent ?? "";
    return { passage: own("passage"), interview: own("interview") };
  };
  const code = chosen()?.dataset.code ?? document.querySelector("#passage .coding")?.dataset.code ?? "";
  const written = await writeMemo(() => passage().dataset.at, there, code, last);
  if (written) queue(async () => {
    const { on, text, saved } = written;
    await keep("/decide", { action: "note", code, on, text });
    saved();
    if (on === "code") loadCodes();
    say("said_noted");
  });
}

async function more() {
  const turns = Number(passage().dataset.turns) * 4;
  const article = fragment(await (await get("/passage", { ...order, segment: passage().dataset.at, turns })).text());
  show(article);
}

const DO = {
  put: item => put(item), reject: item => reject(item), done: finish, reopen, undo: () => undo(false),
  take: item => keep("/decide", { action: "undo", of: item.dataset.id }).then(() => say("said_removed", item.dataset)),
  add: () => add(says.said_add, false), span: changeSpan, memo, more,
  help: () => document.getElementById("help").showModal(),
};
const AT_ONCE = new Set(["a", "/", "c", "m", "?", "PageDown", "PageUp", " ", "add", "memo", "help"]);
const KEYS = {
  j: () => go(order.order === "spoken" ? passage().dataset.following : open()[0]),
  k: () => go(order.order === "spoken" ? passage().dataset.previous : back(), "said_first"),
  PageDown: () => turnPage(1), PageUp: () => turnPage(-1), " ": event => turnPage(event.shiftKey ? -1 : 1),
  x: () => reject(chosen()), a: DO.add, "/": DO.add, c: () => add(says.said_codebook, true),
  e: changeSpan, m: memo, u: event => undo(event.shiftKey), d: finish, Enter: finish, "?": DO.help,
  Escape: dropSelection,
  ArrowDown: () => point(cursor + 1), ArrowUp: () => point(cursor - 1),
};

function back() {
  visited.pop();
  const before = visited.pop();
  if (before) return before;
  visited.push(passage().dataset.at);
  return "";
}

// One after the other: nothing is acted upon before the last decision is on the disk.
function queue(task) {
  busy += 1;
  main.setAttribute("aria-busy", "true");
  last = last.then(task).catch(failed)
    .finally(() => {
      busy -= 1;
      if (busy) return;
      main.removeAttribute("aria-busy");
      fetchAhead();   // not earlier: what is decided does not wait for what may be read next
    });
  return last;
}

function now(task) {
  Promise.resolve(task()).catch(failed);
}

function failed(error) {
  say(error instanceof Refused && error.message ? error.message : "said_failed");
}

document.addEventListener("keydown", event => {
  if (isTyping(event) || document.querySelector("dialog[open]")) return;
  if (event.ctrlKey || event.metaKey) return;
  if (event.shiftKey && /^Arrow(Left|Right)$/.test(event.key)) {
    event.preventDefault();
    const text = selectByWords(event.key === "ArrowRight", event.altKey);
    return say("said_selected", { text });
  }
  if (event.altKey) return;
  const key = keyOf(event);
  if (/^(Enter| )$/.test(key) && event.target.closest?.("button, a, summary")) return;
  const digit = /^[1-9]$/.test(key) ? Number(key) : 0;
  const act = digit ? () => {
    const item = suggestions()[digit - 1];
    point(digit - 1);
    return event.shiftKey ? reject(item) : put(item);
  } : KEYS[key] && (() => KEYS[key](event));
  if (!act || event.repeat && !/^(j|k|Arrow|Page| )/.test(key)) return;
  event.preventDefault();
  (AT_ONCE.has(key) ? now : queue)(act);
});

// Who clicks goes on by keys: a button that took the focus would take Enter for itself next,
// and what is selected would be let go.
main.addEventListener("mousedown", event => {
  if (event.target.closest("[data-do]")) event.preventDefault();
});
main.addEventListener("click", event => {
  const on = event.target.closest("[data-do]");
  if (on) {
    const item = on.closest(".suggestion, .coding");
    if (item?.matches(".suggestion")) point(suggestions().indexOf(item));
    const act = () => DO[on.dataset.do](item);
    return (AT_ONCE.has(on.dataset.do) ? now : queue)(act);
  }
  const item = event.target.closest(".suggestion");
  if (item) return point(suggestions().indexOf(item));
  const other = event.target.closest("[data-segment]:not([aria-current])");
  if (other && window.getSelection().isCollapsed) queue(() => go(other.dataset.segment));
});
document.querySelector(".bar [data-do=help]").addEventListener("click", DO.help);

const select = document.getElementById("order");
select.addEventListener("change", () => {
  const codes = document.getElementById("order-code");
  codes.hidden = select.value !== "code";
  if (codes.hidden) select.form.submit();
  else codes.focus();
});
document.getElementById("order-code").addEventListener("change", () => select.form.submit());

visited.push(passage().dataset.at);
count(passage().dataset.nDone);
undoable = passage().dataset.last;
document.getElementById("n-all").textContent = passage().dataset.nAll;
place();
remember();
point(0);
fetchAhead();
main.focus({ preventScroll: true });
