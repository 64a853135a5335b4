"""Rupees as a voice says them."""

_SCALES = ((10_000_000, "crore", "करोड़"), (100_000, "lakh", "लाख"), (1_000, "thousand", "हज़ार"))


def spoken_rupees(amount: int, language: str) -> str:
    """ "3 lakh 12 thousand 500 rupees"; whoever writes Hindi in Latin letters hears Hindi."""
    parts, rest = [], amount
    for size, english, hindi in _SCALES:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {english if language == 'en' else hindi}")
    parts += [str(rest)] if rest or not parts else []
    return f"{' '.join(parts)} {'rupees' if language == 'en' else 'रुपये'}"
