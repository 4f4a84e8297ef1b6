"""PDFs by hand, small enough to read: lines of text, each at its own height."""

from __future__ import annotations

from collections.abc import Sequence

_LINES_A_PAGE = 45


def pdf(*pages: Sequence[str], extra: str = "", trailer: str = "", unicode: bool = True) -> bytes:
    """Return a PDF of ``pages`` of lines; ``extra`` objects and ``trailer`` entries added.

    Without ``unicode`` its font does not say which characters it shows.
    """
    signs = sorted({sign for page in pages for line in page for sign in line})
    codes = {sign: number for number, sign in enumerate(signs, 1)}
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(pages)))
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        3: "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[4 0 R]"
        + ("/ToUnicode 6 0 R>>" if unicode else ">>"),
        4: "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/FontDescriptor 5 0 R/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        5: "<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0"
        "/Ascent 900/Descent -100/CapHeight 700/StemV 80>>",
        6: _stream(_to_unicode(codes)),
    }
    for number, lines in enumerate(pages):
        objects[10 + 2 * number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 2000 1000]/Contents {11 + 2 * number} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>"
        )
        objects[11 + 2 * number] = _stream(_content(lines, codes))
    body = b"%PDF-1.7\n"
    for number, text in objects.items():
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    # Without a table of places a reader must look for the objects: they are found.
    return body + f"{extra}\ntrailer\n<</Root 1 0 R{trailer}>>\n%%EOF\n".encode()


def _content(lines: Sequence[str], codes: dict[str, int]) -> str:
    shown = []
    for number, line in enumerate(lines):
        hexes = "".join(f"{codes[sign]:04X}" for sign in line)
        shown.append(f"BT /F 12 Tf 50 {950 - 20 * number} Td <{hexes}> Tj ET")
    return "\n".join(shown)


def _to_unicode(codes: dict[str, int]) -> str:
    rows = "\n".join(
        f"<{code:04X}> <{sign.encode('utf-16-be').hex().upper()}>" for sign, code in codes.items()
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{rows}\nendbfchar\nendcmap end end"
    )


def _stream(text: str) -> str:
    return f"<</Length {len(text.encode())}>>stream\n{text}\nendstream"
