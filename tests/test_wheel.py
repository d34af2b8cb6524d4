"""A wheel holds all that the program needs: nothing but it and the locked packages is to be installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.support import PROJECT

BUILD = "import sys; sys.path.insert(0, 'scripts'); import packing; print(packing.build_wheel(sys.argv[1]))"


def test_an_example_is_begun_and_built_from_a_wheel(tmp_path: Path) -> None:
    """Outside of the project, and where there is no Pango."""
    run = subprocess.run(
        [sys.executable, "-c", BUILD, tmp_path], cwd=PROJECT, check=True, capture_output=True
    )
    with zipfile.ZipFile(tmp_path / run.stdout.decode().strip()) as wheel:
        wheel.extractall(tmp_path / "installed")
    printing = tmp_path / "installed/weasyprint.py"
    printing.write_text("raise OSError('cannot load library')", "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(printing.parent)}

    def bokslut(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "generator", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    assert bokslut("ny", "--exempel").returncode == 0
    assert "bygg --utan-pdf" in bokslut("bygg", "--ut", "med").stderr
    built = bokslut("bygg", "--utan-pdf")
    assert (built.returncode, (tmp_path / "output/index.html").exists()) == (0, True), built.stderr
