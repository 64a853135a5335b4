"""What calibration chose: from which probability an entry is answered outright, and the weights of the second look."""

from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from knowledge.paths import KNOWLEDGE, PROGRAMME, TUNED
from knowledge.retrieval.neighbours import Weights

# A tuned encoder's lies beside it, not in the project.
PACKAGED, OF_TUNED = KNOWLEDGE / "retrieval" / "calibration.yml", TUNED.with_name("calibration.yml")
OF_PROGRAMME = PROGRAMME / "calibration.yml"  # another programme's own


@dataclass(frozen=True)
class Calibration:
    """`thresholds` by language."""

    thresholds: dict[str, float]
    weights: Weights

    @classmethod
    def load(cls, path: Path | None = None) -> "Calibration":
        path = path or next(filter(Path.exists, [OF_PROGRAMME, *([OF_TUNED] if TUNED.exists() else [])]), PACKAGED)
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        thresholds = {str(code): float(value) for code, value in data["thresholds"].items()}
        return cls(thresholds, Weights(**data["weights"]))

    def save(self, path: Path, note: str) -> None:
        weights = ", ".join(f"{name}: {value:.3f}" for name, value in asdict(self.weights).items())
        lines = [
            "# Written by `python -m knowledge calibrate` on questions that neither head nor encoder had seen.",
            f"# {note}",
            "# From `thresholds` on, an entry is answered outright; `weights` are those of neighbours.py.",
            "thresholds:",
            *(f"  {code}: {value}" for code, value in self.thresholds.items()),
            f"weights: {{{weights}}}",
        ]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
