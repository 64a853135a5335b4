"""Numbers with how far they can be trusted."""

import math
from collections.abc import Sequence

_Z = 1.959964  # 95 %


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share; honest for small counts and near 0 and 1."""
    if not total:
        return 0.0, 1.0
    share, square = hits / total, _Z * _Z
    middle = (share + square / (2 * total)) / (1 + square / total)
    reach = _Z / (1 + square / total) * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def share(hits: int, total: int) -> str:
    """`12 · 80.0 % (54.8-93.0)`."""
    if not total:
        return "–"
    low, high = wilson(hits, total)
    return f"{hits} · {hits / total:.1%} ({low * 100:.1f}–{high * 100:.1f})".replace("%", " %")


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that `percent` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def spread(values: Sequence[float]) -> str:
    """`12.3 (11.9-13.0)`: mean and range of the repetitions."""
    if not values:
        return "–"
    digits = 0 if mean(values) >= 100 else 1
    middle = f"{mean(values):.{digits}f}"
    return middle if len(values) == 1 else f"{middle} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def ratio(ours: Sequence[float], stock: Sequence[float]) -> str:
    """How much of stock's figure ours is."""
    return f"{mean(ours) / mean(stock):.2f}×" if ours and stock and mean(stock) else "–"
