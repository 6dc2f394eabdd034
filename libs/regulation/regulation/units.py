"""The administrative units of Vietnam's two tiers by their national codes, as they are since the reform of 2025."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Unit:
    """Đơn vị hành chính: a province, or a commune, ward or special zone of one."""

    code: str
    name: str


def provinces() -> tuple[Unit, ...]:
    """Return the provinces and cities, two digits each, in the order of their codes.

    Source: QĐ 19/2025/QĐ-TTg; NQ 202/2025/QH15
    """
    return tuple(_by_province())


def communes(province: str) -> tuple[Unit, ...]:
    """Return the communes, wards and special zones of a province, five digits each; none of an unknown one.

    Source: QĐ 19/2025/QĐ-TTg
    """
    return next((below for unit, below in _by_province().items() if unit.code == province), ())


def unit_name(code: str) -> str:
    """Return the full name of a province or commune; a code that stands for none stays as it is."""
    return _names().get(code, code)


@cache
def _by_province() -> Mapping[Unit, tuple[Unit, ...]]:
    told = files("regulation").joinpath("data", "units", "2026-07.json").read_text(encoding="utf-8")
    return {
        Unit(province["Code"], province["FullName"]): tuple(
            Unit(commune["Code"], commune["FullName"]) for commune in province["Wards"]
        )
        for province in json.loads(told)
    }


@cache
def _names() -> Mapping[str, str]:
    return {unit.code: unit.name for province, below in _by_province().items() for unit in (province, *below)}
