// Korean as it is typed: letter by letter (자모), so that a word is found before it is finished.
// A syllable takes the next one's consonant until its vowel comes («경젲» on the way to «경제적»),
// and an input method joins initials («ㄱㅅ» comes as «ㄳ»).

const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ");
const FINALS = ("ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ").split(" ");
const LETTERS = new Map();
[[0x1100, INITIALS], [0x1161, VOWELS], [0x11a8, FINALS]].forEach(([first, letters]) =>
  [...letters].forEach((letter, n) => LETTERS.set(String.fromCharCode(first + n), letter)));

const taken = new Map();   // texts taken apart before: the codes' names, looked through at every key

function lettersOf(text) {
  if (!taken.has(text)) {
    taken.set(text, Array.from(text.normalize("NFKD"), sign => LETTERS.get(sign) ?? sign).join(""));
  }
  return taken.get(text);
}

// How well `word` is found in a text: 3 at its beginning, 2 in it, 1 as far as it is typed, 0 not.
// Initials alone stand in the text as such: they are not looked for within its syllables.
export function foundIn(text, word) {
  const typed = /^[ㄱ-ㅎ]+$/.test(word) ? lettersOf(word) : word;
  if (text.startsWith(typed)) return 3;
  if (text.includes(typed)) return 2;
  return typed === word && /[가-힣]/.test(word) && lettersOf(text).includes(lettersOf(word)) ? 1 : 0;
}
