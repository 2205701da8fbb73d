"""Texts that cost a reader of Markdown the most, made as long as wanted; no words of people."""

END = "finis"


def worst_texts(length: int) -> dict[str, str]:
    """Return texts of about `length` characters, by what makes them hard; each ends in END."""
    return {name: f"{text[:length]}\n\n{END}" for name, text in _texts(length).items()}


def _texts(length: int) -> dict[str, str]:
    units = {unit: _fill(unit, length) for unit in _UNITS}
    return units | _deep(length) | _wide(length)


#: Said again and again.
_UNITS = (
    "> ", ">", "- ", "1. ", "- > 1. ", "> - > - a\n", "> " * 11 + "x\n", ">" * 50 + "\n",
    "[", "![", "[](", "[a](", "[a](<b", "[a][", "[a]: /u\n", "[a\n", '[a](b "c', "*", "*a ", "a* ",
    "**a *b ", "*_", "*a_ ", "a**b", "a _b__c ", "`", "`a``b", "<", "<a ", "<!-- ", "<?",
    "<![CDATA[", "<http://a", "&#", "&amp;", "a\n=\n", "# ", "***\n", "```\n", "~~~a\n",
    "|a|b|\n|-|-|\n", "|", "\\", "\\*", "\n", " ", "\t", "a\n", ">     a\n", "a\n> b\n",
    "![a](b)", "*[a](b)*", "a  \n", "\u2028a", "\u202e> ",
)  # fmt: skip


def _fill(unit: str, length: int) -> str:
    return unit * (length // len(unit) + 1)


def _deep(length: int) -> dict[str, str]:
    steps = int(length**0.5)
    return {
        "stairs of quotes": "\n".join(">" * step + " x" for step in range(1, steps)),
        "stairs of lists": "\n".join("  " * step + "- x" for step in range(steps)),
        "quotes and then lines": ">" * 300 + " a\n" + _fill("b\n", length - 303),
        "ten quotes and then lines": ">" * 10 + " a\n" + _fill("b\n", length - 13),
        "lists and then lines": "- " * 150 + "a\n" + _fill("b\n", length - 302),
        "links in links": "[" * (length // 8) + "a" + "](b)" * (length // 8),
        "brackets": "[" * (length // 2) + "]" * (length // 2),
        "parentheses": "[a](" + "(" * (length // 2) + ")" * (length // 2),
    }


def _wide(length: int) -> dict[str, str]:
    return {
        "one address for all": f"[a]: /{'x' * (length // 4)}\n\n" + _fill("[a]", length * 3 // 4),
        "many addresses": "\n".join(f"[a{each}]: /u [a{each}]" for each in range(length // 12)),
        "more and more ticks": " ".join("`" * each for each in range(1, int((2 * length) ** 0.5))),
    }
