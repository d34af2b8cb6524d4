"""A colour profile for tests: four inks of which nothing is true but the form."""

from __future__ import annotations

import struct
from itertools import product

NAME = b"Provtryck\0"
STEPS = range(256)


def four_inks() -> bytes:
    """An ICC profile of a press (version 2): lightness falls with the ink, and white takes none."""
    of_inks = [round(255 * (1 - min(1, (c + m + y) / 3 + k))) for c, m, y, k in product((0, 1), repeat=4)]
    to_lab = bytes(value for light in of_inks for value in (light, 128, 128))
    to_inks = bytes(
        value for light, _, _ in product((0, 1), repeat=3) for value in (0, 0, 0, 255 * (1 - light))
    )
    tags = {
        b"desc": b"desc" + struct.pack(">II", 0, len(NAME)) + NAME + bytes(4 + 4 + 2 + 1 + 67),
        b"cprt": b"text\0\0\0\0Fri\0",
        b"wtpt": b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061),
        b"A2B0": _table(4, 3, to_lab),
        b"B2A0": _table(3, 4, to_inks),
    }
    directory, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        directory += name + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"none", 0x02100000, b"prtr", b"CMYK", b"Lab ")
    head += struct.pack(">6H4s28x3i", 2024, 1, 2, 0, 0, 0, b"acsp", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + directory + body


def _table(inputs: int, outputs: int, grid: bytes) -> bytes:
    """A table with two points along each axis."""
    head = b"mft1\0\0\0\0" + bytes((inputs, outputs, 2, 0))
    matrix = struct.pack(">9i", *(65536 * (row == column) for row, column in product(range(3), repeat=2)))
    return head + matrix + bytes(STEPS) * inputs + grid + bytes(STEPS) * outputs
