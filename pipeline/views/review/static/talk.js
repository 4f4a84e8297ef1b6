// The transcript on the page: where the passage at hand stands in it, and what has the focus.

const main = document.getElementById("content");
const talk = () => document.querySelector("#passage .talk");
const here = () => talk().querySelector("[aria-current]");
const top = element => element.getBoundingClientRect().top;

// Puts the passage where the eye is used to find it, the question before it in sight.
export function place() {
  const turn = here()?.closest(".turn");
  if (!turn) return;
  const box = talk();
  const question = turn.previousElementSibling;
  const from = question?.matches(".turn") && question.offsetHeight < box.clientHeight / 3 ? question : turn;
  if (box.scrollHeight > box.clientHeight) box.scrollTop += top(from) - top(box) - 16;
  // On a narrow screen the page scrolls too: back from the codes below to what was said.
  document.scrollingElement.scrollTop += top(box);
}

// A passage may be longer than the screen: the transcript is scrolled, at its end the page.
export function turnPage(direction) {
  const box = talk();
  const before = box.scrollTop;
  box.scrollTop += direction * box.clientHeight * 0.85;
  if (box.scrollTop === before) window.scrollBy(0, direction * window.innerHeight * 0.85);
}

// Shows another passage; who went by Tab stays on the button she was on.
export function replace(article) {
  keepingFocus(() => document.getElementById("passage").replaceWith(article));
}

// Replaces only what differs, so that a selection begun meanwhile stays.
export function patch(article) {
  const at = document.getElementById("passage");
  for (const { name, value } of article.attributes) at.setAttribute(name, value);
  keepingFocus(() => {
    const turns = [...article.querySelectorAll(".turn")];
    const old = [...at.querySelectorAll(".turn")];
    if (turns.length === old.length) {
      turns.forEach((turn, n) => { if (!turn.isEqualNode(old[n])) old[n].replaceWith(turn); });
    } else {
      // More is shown around the passage, which stays where it was.
      const before = top(here());
      talk().replaceWith(article.querySelector(".talk"));
      talk().scrollTop += top(here()) - before;
    }
    at.querySelector(".side").replaceWith(article.querySelector(".side"));
  });
}

function keepingFocus(change) {
  const focused = focusPath();
  change();
  if (focused) document.querySelector(focused)?.focus({ preventScroll: true });
  if (document.activeElement === document.body) main.focus({ preventScroll: true });
}

function focusPath() {
  const on = document.activeElement?.closest("#passage [data-do]");
  if (!on) return "";
  const code = on.closest("[data-code]")?.dataset.code;
  const within = code === undefined ? "" : `[data-code="${CSS.escape(code)}"] `;
  const end = on.dataset.end ? `[data-end=${on.dataset.end}]` : "";
  return `#passage ${within}[data-do=${on.dataset.do}]${end}`;
}
