"""Builds the wheel: Flit packs the module alone, and the program needs the files beside it too."""

from pathlib import Path
from typing import Any

from flit_core.buildapi import *  # noqa: F403 - this is a backend as well
from flit_core.wheel import WheelBuilder

_BESIDE = ("templates", "themes", "starter", "requirements.lock")
_copy_module = WheelBuilder.copy_module


def _copy_with_files(builder: Any) -> None:
    _copy_module(builder)
    for path in sorted(path for name in _BESIDE for path in (Path(name), *Path(name).rglob("*"))):
        if path.is_file():
            builder._add_file(path, f"generator/beside/{path.as_posix()}")


WheelBuilder.copy_module = _copy_with_files
