// What is selected in the transcript. Places are counted in code points, as the program does:
// a browser counts UTF-16, where «😀» is two.

const length = text => Array.from(text).length;

export function turnOf(node) {
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest("#passage .said") ?? null;
}

// The selection as {turn, from, to, quote}, or null. What reaches into another turn is cut off.
export function selectedSpan() {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const said = turnOf(range.startContainer) ?? turnOf(range.endContainer);
  if (!said) return null;
  if (turnOf(range.startContainer) !== said) range.setStart(said, 0);
  if (turnOf(range.endContainer) !== said) range.setEnd(said, said.childNodes.length);
  const before = document.createRange();
  before.setStart(said, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const from = length(before.toString());
  const quote = range.toString();
  if (!quote.trim()) return null;
  return { turn: Number(said.parentElement.dataset.turn), from, to: from + length(quote), quote };
}

export function dropSelection() {
  window.getSelection()?.removeAllRanges();
}

// Moves one end of the selection by a word between blanks (어절). Without a selection it begins
// at the passage: its first word.
export function selectByWords(forward, atStart) {
  const selection = window.getSelection();
  let said = selection && !selection.isCollapsed ? turnOf(selection.anchorNode) : null;
  if (!said) {
    const passage = document.querySelector("#passage [aria-current]");
    if (!passage) return "";
    said = turnOf(passage);
    const first = textOffset(said, passage, 0);
    const stop = first + passage.textContent.length;
    const end = wordEnd(said.textContent, first);
    return select(said, first, forward ? Math.min(end, stop) : stop);
  }
  const range = selection.getRangeAt(0);
  const text = said.textContent;
  let start = textOffset(said, range.startContainer, range.startOffset);
  let end = textOffset(said, range.endContainer, range.endOffset);
  if (atStart) start = forward ? nextWord(text, start) : wordStart(text, start);
  else end = forward ? wordEnd(text, end) : lastWordEnd(text, end);
  return start < end ? select(said, start, end) : selection.toString();
}

const wordEnd = (text, at) => at + (/^\s*\S*/.exec(text.slice(at))?.[0].length ?? 0);
const nextWord = (text, at) => at + (/^\S*\s*/.exec(text.slice(at))?.[0].length ?? 0);
const wordStart = (text, at) => at - (/\S*\s*$/.exec(text.slice(0, at))?.[0].length ?? 0);
const lastWordEnd = (text, at) => at - (/\s*\S*$/.exec(text.slice(0, at))?.[0].length ?? 0);

function textOffset(said, node, offset) {
  const range = document.createRange();
  range.setStart(said, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

function place(said, offset) {
  const walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node && offset > node.data.length) {
    offset -= node.data.length;
    node = walker.nextNode();
  }
  return node ? [node, offset] : [said, said.childNodes.length];
}

function select(said, start, end) {
  window.getSelection().setBaseAndExtent(...place(said, start), ...place(said, end));
  return said.textContent.slice(start, end);
}
