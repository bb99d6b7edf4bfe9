"""Figures in words and in digits, English and Chinese, with the signs that make them percentages."""

from __future__ import annotations

from negative_list.model import ShareRange

DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
COUNTS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(UNITS, 1)}

SIGN = (
    r"\s*(?:%|per ?cents?|precent|pct|巴仙|趴|个百分点|个点"
    r"|pc(?=\s*(?:$|[,.;:/)]|(?:of|stake|share|to|for|in|held|from|by|stays?|goes|is|us|ours|mine|me|only|we|local"
    r"|foreign|chinese)\b)))"
)
# A figure in digits; many write its decimals behind a comma.
FIGURE = r"\d{1,3}(?:\.\d+|,\d{1,2}(?![\d,]))?"
WORDS = rf"(?:{'|'.join(TEENS)}|(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(UNITS)}))?)"


def han_number(word: str) -> float:
    """A Chinese numeral from 零 to 百, or digits.

    >>> han_number("六十五"), han_number("一百"), han_number("十")
    (65.0, 100.0, 10.0)
    """
    if word[0].isascii():
        return float(word)
    if "百" in word:
        return 100.0
    tens, ten, units = word.partition("十")
    if ten:
        return 10.0 * DIGITS.get(tens, 1) + DIGITS.get(units, 0)
    return float(DIGITS.get(word[-1], 0))


def in_words(words: str) -> float:
    """An English numeral from one to a hundred."""
    if words.endswith("hundred"):
        return 100.0
    tens, _, units = words.replace("-", " ").partition(" ")
    if tens in COUNTS:
        return float(COUNTS[tens])
    if tens in TEENS:
        return 11.0 + TEENS.index(tens)
    return 10.0 * (TENS.index(tens) + 1) + COUNTS.get(units, 0)


def number(digits: str) -> float:
    """A figure in digits, its decimals behind a point or a comma."""
    return float(digits.replace(",", "."))


def digit(sign: str) -> int:
    """One digit, Chinese or not."""
    return int(sign) if sign.isascii() else DIGITS[sign]


def exactly(value: float) -> ShareRange:
    """One figure as a range."""
    return ShareRange(value, value)
