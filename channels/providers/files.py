"""Strict reading of the providers' YAML files: what is twice or unknown keeps the gateway from starting."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from channels.errors import SettingsError

Content = TypeVar("Content")


class _Strict(yaml.SafeLoader):
    """YAML lets the second of two equal keys win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key, (place, _) in zip(keys, node.value, strict=True):
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"{key} is there twice", place.start_mark)
        return super().construct_mapping(node, deep)


def read(path: Path, shape: TypeAdapter[Content]) -> Content:
    """The file's content in this shape, or a SettingsError of one line."""
    try:
        with path.open(encoding="utf-8") as file:
            return shape.validate_python(yaml.load(file, _Strict))  # it is a SafeLoader
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise SettingsError(f"{path.name}: {place}: {first['msg']}") from None
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} cannot be read: {' '.join(str(error).split())}") from None
