"""The markers of a JPEG file (ISO/IEC 10918-1, table B.1): 0xFF, then one of these."""

from __future__ import annotations

TEM = 0x01
SOF0 = 0xC0
DHT = 0xC4
JPG = 0xC8
DAC = 0xCC
SOF15 = 0xCF
RST0 = 0xD0
RST7 = 0xD7
SOI = 0xD8
EOI = 0xD9
SOS = 0xDA
DQT = 0xDB
DNL = 0xDC
DRI = 0xDD
DHP = 0xDE
EXP = 0xDF
APP0 = 0xE0
APP1 = 0xE1
APP2 = 0xE2
APP13 = 0xED
APP14 = 0xEE
APP15 = 0xEF
SOF55 = 0xF7  # JPEG-LS (ISO/IEC 14495-1)
COM = 0xFE

FRAMES = frozenset(range(SOF0, SOF15 + 1)) - {DHT, JPG, DAC} | {SOF55}
RESTARTS = range(RST0, RST7 + 1)
APPLICATIONS = range(APP0, APP15 + 1)
TABLES = frozenset({DHT, DAC, DQT, DRI})
KNOWN = FRAMES | TABLES | set(APPLICATIONS) | {SOI, EOI, SOS, DNL, DHP, EXP, COM}

_NAMES = {
    TEM: "TEM",
    DHT: "DHT",
    JPG: "JPG",
    DAC: "DAC",
    SOI: "SOI",
    EOI: "EOI",
    SOS: "SOS",
    DQT: "DQT",
    DNL: "DNL",
    DRI: "DRI",
    DHP: "DHP",
    EXP: "EXP",
    SOF55: "SOF55",
    COM: "COM",
}


def name_of(marker: int) -> str:
    """Return the marker's name in the standard.

    >>> name_of(0xE1), name_of(0xC2), name_of(0x02)
    ('APP1', 'SOF2', '0x02')
    """
    if marker in _NAMES:
        return _NAMES[marker]
    for first, last, name in ((SOF0, SOF15, "SOF"), (RST0, RST7, "RST"), (APP0, APP15, "APP")):
        if first <= marker <= last:
            return f"{name}{marker - first}"
    return f"0x{marker:02X}"
