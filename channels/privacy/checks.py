"""What a row of digits is, by its own check digit or its form."""

_TURN = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_MOVE = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
_COUNTRY = ("", "0", "91", "091", "0091", "910")
_DOUBLED = "0246813579"
CARD_LENGTHS = range(13, 20)


_TURNS = [[int(digit) for digit in row] for row in _TURN]
_MOVES = [{digit: int(moved) for digit, moved in zip("0123456789", row, strict=True)} for row in _MOVE]


def verhoeff(digits: str) -> bool:
    """Whether the last digit checks the others, as in every Aadhaar number."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = _TURNS[check][_MOVES[place % 8][digit]]
    return check == 0


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others, as on every bank card."""
    total = sum(int(_DOUBLED[int(digit)]) if place % 2 else int(digit) for place, digit in enumerate(reversed(digits)))
    return total % 10 == 0


def is_aadhaar(digits: str) -> bool:
    return len(digits) == 12 and digits[0] not in "01" and verhoeff(digits)


def is_card(digits: str) -> bool:
    return len(digits) in CARD_LENGTHS and digits[0] in "23456" and luhn(digits)


def is_mobile(digits: str) -> bool:
    """Ten digits, alone or after what is dialled before them."""
    return len(digits) >= 10 and digits[-10] in "6789" and digits[:-10] in _COUNTRY


def kind_of(digits: str) -> str | None:
    """The surest first: of a mobile with 91 in front, one in ten would pass for an Aadhaar too."""
    if is_mobile(digits):
        return "mobile"
    if is_aadhaar(digits):
        return "aadhaar"
    return "card" if is_card(digits) else None
