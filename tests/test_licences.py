"""Every package that is locked may be used with the licence of the project."""

from __future__ import annotations

import re
from importlib import metadata

import pytest

from tests.support import PROJECT

# What a work under EUPL-1.2 may be linked with: permissive ones, and those of its appendix.
FIT = re.compile(
    r"0BSD|BSD(?:[ -][23]-Clause)?(?: License)?|MIT(?:-0|-CMU)?(?: License)?|Zlib|CC0-1\.0"
    r"|PSF-2\.0|Apache(?:-| )2\.0|Apache Software License|MPL-2\.0|Mozilla Public License 2\.0 \(MPL 2\.0\)"
    r"|GNU Lesser General Public License v2 or later \(LGPLv2\+\)"
)
# Only on other computers than this one.
ELSEWHERE = {"brotlicffi": "MIT", "colorama": "BSD License"}
LOCKED = re.findall(r"^([a-z0-9.-]+)==", (PROJECT / "requirements-dev.lock").read_text("utf-8"), re.MULTILINE)


def licences_of(package: str) -> list[str]:
    """Those that all hold, or that one may choose among, as the package states them."""
    try:
        stated = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return [ELSEWHERE[package]]
    if expressions := stated.get_all("License-Expression"):
        return expressions
    listed = [line for line in stated.get_all("Classifier") or [] if line.startswith("License :: ")]
    return [line.rpartition(" :: ")[2] for line in listed] or stated.get_all("License") or ["none"]


def fits(licences: list[str]) -> bool:
    """Of several that are listed one may choose; of an expression each part joined by AND must fit."""
    return any(
        all(any(FIT.fullmatch(one) for one in part.split(" OR ")) for part in licence.split(" AND "))
        for licence in licences
    )


def test_every_locked_package_has_a_licence_that_fits() -> None:
    assert len(LOCKED) > 50
    licences = {package: licences_of(package) for package in LOCKED}
    assert {package: stated for package, stated in licences.items() if not fits(stated)} == {}


@pytest.mark.parametrize(
    "licences", [["GPL-3.0-only"], ["none"], ["MIT AND SSPL-1.0"], ["AGPL-3.0 OR BUSL-1.1"], ["MIT-like"]]
)
def test_a_licence_that_does_not_fit_is_found(licences: list[str]) -> None:
    assert not fits(licences)
