"""Names of symbols in print: sigma_1 as σ₁, \\sigma_1 or sigma_1."""

from __future__ import annotations

import keyword
import re
import unicodedata
from functools import lru_cache

__all__ = ["ascii_words", "code_name", "latex_name", "split_name", "unicode_name"]

_LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ", "iota": "ι",
    "kappa": "κ", "lam": "λ", "lambda": "λ", "lamda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
}  # fmt: skip
# tau2 is the name of a square, not of a second τ.
_SQUARE = re.compile(r"(tau)2((?:_\w+)*)")
_SUBSCRIPTS = str.maketrans("0123456789aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_NAME = re.compile(r"([^\W\d_]+)_?(\d*)((?:_\w+)*)")


@lru_cache(maxsize=1000)
def split_name(name: str) -> tuple[str, tuple[str, ...]]:
    """The letter and its subscripts.

    >>> split_name("sigma_1"), split_name("tau2_1"), split_name("x0")
    (('sigma', ('1',)), ('tau', ('2', '1')), ('x', ('0',)))
    """
    if name.partition("_")[0] == "xm":
        name = f"x_m{name[2:]}"
    match = _NAME.fullmatch(name)
    if match is None:
        return name, ()
    letter, digits, rest = match.groups()
    return letter, (*([digits] if digits else []), *(part for part in rest.split("_") if part))


def unicode_name(name: str) -> str:
    """sigma_1 as σ₁.

    >>> unicode_name("lam_2"), unicode_name("rate_max"), unicode_name("x_")
    ('λ₂', 'rateₘₐₓ', 'x')
    """
    if square := _SQUARE.fullmatch(name):
        return unicode_name("".join(square.groups())) + "²"
    letter, subscripts = split_name(name)
    below = ",".join(subscripts)
    small = below.translate(_SUBSCRIPTS)
    shown = _LETTERS.get(letter, letter).rstrip("_") or letter
    if not below:
        return shown
    if any(before == after and before != "," for before, after in zip(below, small)):
        return f"{shown}_{below}"
    return shown + small.replace(",", "")


def latex_name(name: str) -> str:
    r"""sigma_1 as \sigma_1.

    >>> latex_name("lam_2"), latex_name("rate_max"), latex_name("tau2_1")
    ('\\lambda_2', '\\mathrm{rate}_{\\mathrm{max}}', '{\\tau_1^2}')
    """
    if square := _SQUARE.fullmatch(name):
        return f"{{{latex_name(''.join(square.groups()))}^2}}"
    letter, subscripts = split_name(name)
    shown = _latex_letter(letter)
    if not subscripts:
        return shown
    below = ",".join(_latex_letter(part) for part in subscripts)
    return f"{shown}_{below}" if len(below) == 1 else f"{shown}_{{{below}}}"


def _latex_letter(letter: str) -> str:
    if letter in _LETTERS:
        return "\\" + ("lambda" if letter in ("lam", "lamda") else letter if letter != "omicron" else "mathrm{o}")
    if len(letter) == 1 or letter.isdigit():
        return letter
    return rf"\mathrm{{{letter.replace('_', chr(92) + '_')}}}"


def code_name(name: str) -> str:
    """A Python identifier for a symbol.

    >>> code_name("lambda"), code_name("σ"), code_name("x'")
    ('lambda_', 'σ', 'x_')
    """
    plain = re.sub(r"\W", "_", name)
    if not plain or plain[0].isdigit():
        plain = f"_{plain}"
    return f"{plain}_" if keyword.iskeyword(plain) or plain in ("np", "special") else plain


_SIGNS = {"∇": "grad", "∫": "integral of", "⊗": "x", "√": "sqrt", "∂": "d", "Σ": "sum"}
_MARKS = {"<sub>": "_", "<super>": "^"}


def ascii_words(text: str) -> str:
    """Prose in ASCII: Greek letters by name, sub- and superscripts after _ and ^, letters without their accents, and ? for the rest.

    >>> ascii_words("2πσ₁² é"), ascii_words("e⁻ⁿ")
    ('2 pi sigma_1^2 e', 'e^-n')
    """
    shown, mark, was_word = "", "", False
    for character in text:
        form, _, points = unicodedata.decomposition(character).partition(" ")
        before, mark = mark, _MARKS.get(form, "")
        plain = "".join(chr(int(point, 16)) for point in points.split()) if mark else character
        plain = {"\N{MINUS SIGN}": "-"}.get(plain, plain)
        spelled = plain if plain.isascii() else _spelled(plain)
        is_word = len(spelled) > 1
        if not mark and shown[-1:].isalnum() and spelled[0].isalnum() and (is_word or was_word):
            shown += " "
        shown += ("" if mark == before else mark) + spelled
        was_word = is_word
    return shown


def _spelled(character: str) -> str:
    greek = [name for name, letter in _LETTERS.items() if letter == unicodedata.normalize("NFKC", character)]
    if character in _SIGNS or not greek:
        bare = "".join(each for each in unicodedata.normalize("NFKD", character) if each.isascii())
        return _SIGNS.get(character, bare or "?")
    return "lambda" if "lambda" in greek else greek[0]
