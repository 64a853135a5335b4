"""onnxruntime tells its makers how it is used unless it is asked not to, before it is imported."""

import os


def off() -> None:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
