"""Words of rich text (.rtf): what to leave out, what stands for a character, code pages."""

from __future__ import annotations

import codecs

# Groups that hold no talk: tables of fonts and styles, pictures, notes, comments, headers,
# field codes, marks of lists (Word documents give none either), what older programs see
# instead of a text box or a nested table.
LEFT_OUT = frozenset(
    {
        b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"objdata", b"objclass",
        b"footnote", b"annotation", b"atnauthor", b"atnid", b"atndate", b"atnref",
        b"header", b"headerl", b"headerr", b"headerf",
        b"footer", b"footerl", b"footerr", b"footerf",
        b"fldinst", b"datafield", b"formfield", b"listtext", b"pntext", b"pntxta", b"pntxtb",
        b"tc", b"xe", b"rxe", b"bkmkstart", b"bkmkend", b"shprslt", b"nonesttables", b"sp",
        b"filetbl", b"listtable", b"listoverridetable", b"revtbl", b"rsidtbl", b"themedata",
        b"ftnsep", b"ftnsepc", b"aftnsep", b"aftnsepc", b"template",
    }
)  # fmt: skip
# Marked «skip what you do not know», and known.
KNOWN_STARRED = frozenset({b"shpinst", b"shptxt", b"do", b"dptxbx", b"nesttableprops", b"cs"})
BOXES = frozenset({b"shptxt", b"dptxbxtext"})
CHARACTERS = {
    b"par": "\n", b"sect": "\n", b"line": "\n", b"page": "\n", b"column": "\n", b"tab": "\t",
    b"nestcell": "\t", b"emdash": "—", b"endash": "–", b"bullet": "•",
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"emspace": "\u2003", b"enspace": "\u2002", b"qmspace": "\u2005",
}  # fmt: skip
SYMBOLS = {b"\\": "\\", b"{": "{", b"}": "}", b"~": "\xa0", b"_": "-", b"\n": "\n", b"\r": "\n"}
# What a font's character set is in code pages; those of Windows' Latin say nothing.
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


def code_page(number: int | None) -> str | None:
    """Return the codec of the Windows code page ``number``, ``None`` where there is none."""
    if number == 65001:
        return "utf-8"
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return None
