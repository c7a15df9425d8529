"""Texts and bytes spoilt by chance, the same ones every time."""

import random

ODD = [
    b"\x00", b"\xff", b"\r\n", b"\n", b":", b";", b",", b"[", b"{", b'"', b"\\ud800", b"-", b"9" * 400, b"\xed\xa0\x80",
    b"{{", b"::", b" ", b"=", b"\x1f\x8b", b"0000", b"ffff",
]  # fmt: skip


def spoilt(data, number):
    """*data* with one to four changes; *number* says which."""
    chance = random.Random(number)
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(5):
            case 0:
                made[at:at] = chance.choice(ODD)
            case 1:
                del made[at : at + chance.randint(1, 12)]
            case 2:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                made[at : at + 8] = chance.choice(ODD)
            case 4:
                made[at:at] = made[at : at + chance.randint(1, 20)] * chance.randint(1, 50)
    return bytes(made)


def texts(*, most=60):
    """Odd texts, and texts of odd parts."""
    chance = random.Random(1)
    parts = [each.decode("utf-8", "replace") for each in ODD] + [
        "\ud800",
        "\u202e",
        "²",
        "9" * 5000,
        "٣",
        "a",
        "true",
        "$",
        "main",
        "/",
    ]
    return parts + ["".join(chance.choices(parts, k=chance.randint(2, 6))) for _ in range(most)]
