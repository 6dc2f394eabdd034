"""Calculated answers: sums and products in decimal arithmetic; no loops, no names but questions, no side effects."""

import ast
import math
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException
from functools import lru_cache
from typing import Any, Final

LONGEST: Final = 200
"""How many nodes a formula may have."""
_CONTEXT: Final = Context(prec=28, rounding=ROUND_HALF_UP)
_OPERATIONS: Final[Mapping[type[ast.AST], Callable[[Decimal, Decimal], Decimal]]] = {
    ast.Add: _CONTEXT.add,
    ast.Sub: _CONTEXT.subtract,
    ast.Mult: _CONTEXT.multiply,
    ast.Div: _CONTEXT.divide,
}
_FUNCTIONS: Final[Mapping[str, Callable[[list[Decimal]], Decimal]]] = {"min": min, "max": max}


@lru_cache(maxsize=512)
def formula_names(formula: str) -> frozenset[str]:
    """Return the questions a formula looks at.

    Raises:
        ValueError: it is no formula of sums, products, min and max, or it is too long.
    """
    return frozenset(node.id for node in ast.walk(_parsed(formula)) if isinstance(node, ast.Name)) - set(
        _FUNCTIONS
    )


def calculate(formula: str, answers: Mapping[str, Any], decimals: int = 0) -> int | float | None:
    """Return the value of a formula; None while an answer is missing, is no number, or it divides by zero."""
    try:
        value = _value(_parsed(formula), answers)
        rounded = value.quantize(Decimal(1).scaleb(-decimals), context=_CONTEXT)
    except (KeyError, DecimalException):
        return None
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


@lru_cache(maxsize=512)
def _parsed(formula: str) -> ast.expr:
    try:
        tree = ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError("no formula") from None
    if sum(1 for _ in ast.walk(tree)) > LONGEST:
        raise ValueError("too long")
    _check(tree)
    return tree


def _check(node: ast.expr) -> None:
    match node:
        case ast.BinOp(left, operator, right) if type(operator) in _OPERATIONS:
            _check(left)
            _check(right)
        case ast.UnaryOp(ast.USub(), operand):
            _check(operand)
        case ast.Call(ast.Name(name), [_, *_] as arguments, []) if name in _FUNCTIONS:
            for argument in arguments:
                _check(argument)
        case ast.Constant(int() | float() as value) if not isinstance(value, bool):
            pass
        case ast.Name():
            pass
        case _:
            raise ValueError("no formula")


def _value(node: ast.expr, answers: Mapping[str, Any]) -> Decimal:
    match node:
        case ast.BinOp(left, operator, right):
            return _OPERATIONS[type(operator)](_value(left, answers), _value(right, answers))
        case ast.UnaryOp(_, operand):
            return -_value(operand, answers)
        case ast.Call(ast.Name(name), arguments, _):
            return _FUNCTIONS[name]([_value(argument, answers) for argument in arguments])
        case ast.Constant(value):
            return Decimal(str(value))
        case ast.Name(name):
            return _number(answers[name])
    raise KeyError


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise KeyError
    return Decimal(str(value))
