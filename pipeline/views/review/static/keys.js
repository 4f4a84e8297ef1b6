// Which key was meant, whatever the keyboard says: with a Hangul input method on, «j» comes as
// «ㅓ» or «Process», and only the place of the key is left to go by.

const PLACES = { Slash: "/", Enter: "Enter", NumpadEnter: "Enter", Escape: "Escape" };

export function keyOf(event) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit) return digit[1];
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return "?";
  if (/^[\x21-\x7e]$/.test(event.key)) return event.key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(event.code);
  if (letter && !event.key.startsWith("Arrow")) return letter[1].toLowerCase();
  return PLACES[event.code] ?? event.key;
}

// In a field keys write; a button takes Enter and blanks for itself.
export function isTyping(event) {
  const on = event.target;
  return on instanceof HTMLElement &&
    (on.isContentEditable || on.matches("input, textarea, select, dialog *"));
}
