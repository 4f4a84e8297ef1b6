from __future__ import annotations

import struct

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_hwp import (
    CERTIFICATE,
    DISTRIBUTION,
    DRM,
    PACKED,
    PASSWORD,
    compound,
    deflated,
    file_header,
    hwp,
    paragraph,
)

from pipeline.corpus.readers.hwp_sections import is_hwp, read_sections
from pipeline.errors import GyeolError

BODY = paragraph("면담자: 왜요?") + paragraph("참여자: 그냥요.")


def refusal(data: bytes) -> str:
    with pytest.raises(GyeolError) as caught:
        read_sections(data)
    (problem,) = caught.value.problems
    return problem.ko


def rand(seed: int) -> list[int]:
    """Return what Microsoft C's rand() gives after srand(seed)."""
    numbers = []
    for _ in range(512):
        seed = (seed * 214013 + 2531011) % 2**32
        numbers.append(seed // 2**16 % 2**15)
    return numbers


def locked(section: bytes, seed: int, flags: int = PACKED) -> bytes:
    """Return ``section`` as it stands in a distribution document: key record, then AES."""
    key = bytes(range(65, 81))
    plain = bytearray(256)
    place = 4 + seed % 16
    plain[place : place + 16] = key
    numbers = iter(rand(seed))
    shuffle = bytearray()
    while len(shuffle) < 256:
        byte = next(numbers) % 256
        shuffle += bytes([byte]) * (next(numbers) % 16 + 1)
    record = struct.pack("<I", seed) + bytes(
        a ^ b for a, b in zip(plain[4:], shuffle[4:256], strict=True)
    )
    stored = deflated(section) if flags & PACKED else section
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    whole = stored.ljust(-(-len(stored) // 16) * 16, b"\0")
    return struct.pack("<I", 28 | 256 << 20) + record + encryptor.update(whole)


def distribution(section: bytes, flags: int = PACKED | DISTRIBUTION) -> bytes:
    return compound(
        {
            "FileHeader": file_header(flags),
            "BodyText/Section0": deflated(paragraph("배포용 문서입니다.")),
            "ViewText/Section0": section,
        }
    )


def test_sections_are_unpacked_in_the_order_of_their_numbers() -> None:
    sections = [bytes([number]) * 5000 for number in range(11)]
    assert list(read_sections(hwp(*sections))) == sections


def test_sections_that_are_not_packed_are_taken_as_they_are() -> None:
    assert [found.rstrip(b"\0") for found in read_sections(hwp(BODY, flags=0))] == [
        BODY.rstrip(b"\0")
    ]


@pytest.mark.parametrize("seed", [0, 5, 4_294_967_295])
def test_distribution_documents_are_unlocked(seed: int) -> None:
    assert read_sections(distribution(locked(BODY, seed))) == (BODY,)


def test_distribution_documents_that_are_not_packed_are_unlocked() -> None:
    (found,) = read_sections(distribution(locked(BODY, 7, flags=0), flags=DISTRIBUTION))
    assert found.startswith(BODY)


@pytest.mark.parametrize(
    "section", [b"", deflated(BODY), locked(BODY, 3)[:200], b"\0\0\0\0" + locked(BODY, 3)[4:]]
)
def test_distribution_documents_without_their_key_are_refused(section: bytes) -> None:
    assert "손상" in refusal(distribution(section))


def test_a_password_is_named() -> None:
    assert refusal(hwp(BODY, flags=PACKED | PASSWORD)).startswith("암호가 걸린 문서입니다.")


@pytest.mark.parametrize("flag", [DRM, CERTIFICATE])
def test_rights_management_is_named(flag: int) -> None:
    assert refusal(hwp(BODY, flags=PACKED | flag)).startswith("DRM이나 인증서로 잠긴")


def test_version_3_is_named() -> None:
    assert refusal(b"HWP Document File V3.00 \x1a\1\2\3\4\5" + bytes(2000)).startswith("한글 3.x")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "그냥 글".encode(),
        hwp(BODY)[:40],
        hwp(BODY)[:512],
        hwp(BODY)[:-700],
        compound({"FileHeader": b"Something Else".ljust(256, b"\0"), "BodyText/Section0": BODY}),
        compound({"FileHeader": file_header(PACKED)}),
        compound({"BodyText/Section0": BODY}),
        compound({"WordDocument": b"doc"}),
    ],
)
def test_what_is_no_whole_document_is_refused(data: bytes) -> None:
    assert "한글 문서(.hwp)로 읽을 수 없습니다" in refusal(data)


def test_a_missing_section_is_not_passed_over() -> None:
    parts = {f"BodyText/Section{number}": deflated(BODY) for number in (0, 2)}
    assert "손상" in refusal(compound({"FileHeader": file_header(PACKED), **parts}))


def test_a_section_that_is_cut_off_is_refused() -> None:
    noise = b"".join(struct.pack("<I", number * 2654435761 % 2**32) for number in range(5000))
    stored = deflated(noise)[:-500]
    whole = compound({"FileHeader": file_header(PACKED), "BodyText/Section0": stored})
    assert "손상" in refusal(whole)


def test_bombs_are_refused() -> None:
    assert "압축을 풀면" in refusal(hwp(bytes(65 * 2**20)))
    assert "압축을 풀면" in refusal(hwp(bytes(20 * 2**20)))


def test_many_sections_share_the_limit() -> None:
    # Each packs well but not suspiciously; together they are too much.
    assert "압축을 풀면" in refusal(hwp(*[bytes(9 * 2**20)] * 8))


def test_sections_that_share_their_sectors_are_not_each_read() -> None:
    names = [f"BodyText/Section{number}" for number in range(40)]
    streams = {"FileHeader": file_header(0), names[0]: bytes(2 * 2**20)}
    data = bytearray(compound(streams | dict.fromkeys(names[1:], b"")))
    # The start and the size of a stream stand at the end of its entry of 128 bytes; each begins
    # a sector after the one before, somewhere along the first one's.
    entries = [data.index(name[9:].encode("utf-16-le") + b"\0\0") for name in names]
    start, size = struct.unpack_from("<IQ", data, entries[0] + 116)
    for number, entry in enumerate(entries):
        struct.pack_into("<IQ", data, entry + 116, start + number, size - 512 * number)
    assert "압축을 풀면 본문이 80MB" in refusal(bytes(data))


@pytest.mark.parametrize("place", [30, 44])
def test_a_header_that_promises_endless_tables_is_refused(place: int) -> None:
    data = bytearray(hwp(BODY))
    data[place : place + 2] = b"\xff\xff"
    assert "손상" in refusal(bytes(data))


def test_a_file_is_known_by_its_content() -> None:
    assert is_hwp(hwp(BODY))
    assert is_hwp(b"HWP Document File V3.00")
    assert not is_hwp(compound({"WordDocument": b"doc"}))
    assert not is_hwp("HWP Document File이라는 말".encode("utf-16"))
    assert not is_hwp(b"")


@given(st.integers(0, 2**32 - 1), st.binary(max_size=300))
@settings(max_examples=30, deadline=None)
def test_whatever_the_key_a_locked_section_comes_back(seed: int, section: bytes) -> None:
    assert read_sections(distribution(locked(section, seed))) == (section,)
