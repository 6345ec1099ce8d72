"""Figures for a labelled file: what the guard finds, beside what people said it should."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.trouble import Trouble
from assistant.witness.rules import Finding

VERDICTS = {
    "gate": ("show", "block"),
    "wording": ("show", "block"),
    "nudge": ("silent", "nudge"),
    "crisis": ("no-trigger", "trigger"),
}
"""For each check its two verdicts: without a finding, and with one. The second is what recall counts."""
_KEYS = ("check", "lang", "text", "label")

Judge = Callable[[str, str], tuple[Finding, ...]]
"""Takes a text and what the member said; gives the findings."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a labelled file came to."""

    figures: tuple[dict[str, Any], ...]
    """One for each check and language: n, recall, precision, false_alarms; None where there is nothing to divide by."""
    rows: tuple[dict[str, Any], ...]
    """One for each row, in the file's order: i, verdict, findings."""
    wrong: tuple[dict[str, Any], ...]
    """The rows it got wrong, as they stand in the file, with i, verdict and findings."""


def evaluate(path: Path, judge_of: Callable[[str, str], Judge]) -> Evaluation:
    """Judge each row of `path` by the check and language it names; `judge_of` gives the judge of both.

    Raises:
        Trouble: when the file cannot be read, or a row is not as it should be; the line is named, its words never.
    """
    given = list(_rows(path))
    rows, wrong, judges = [], [], {}
    for i, row in enumerate(given):
        kind = row["check"], row["lang"]
        if kind not in judges:
            judges[kind] = judge_of(*kind)
        findings = judges[kind](row["text"], row.get("member") or "")
        judged = {
            "i": i,
            "verdict": VERDICTS[row["check"]][bool(findings)],
            "findings": [asdict(finding) for finding in findings],
        }
        rows.append(judged)
        if judged["verdict"] != row["label"]:
            wrong.append({**row, **judged})
    return Evaluation(tuple(_figures(given, rows)), tuple(rows), tuple(wrong))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        raise Trouble("labels_unread", file=path.name) from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise Trouble("labels_row", file=path.name, line=number) from None
        if not _is_row(row):
            raise Trouble("labels_row", file=path.name, line=number)
        yield row


def _is_row(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and all(isinstance(row.get(key), str) for key in _KEYS)
        and isinstance(row.get("member") or "", str)
        and row["lang"] in ("da", "en")
        and row["label"] in VERDICTS.get(row["check"], ())
    )


def _figures(given: list[dict[str, Any]], rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for check, lang in sorted({(row["check"], row["lang"]) for row in given}):
        quiet, speaks = VERDICTS[check]
        pairs = [
            (row["label"], judged["verdict"])
            for row, judged in zip(given, rows, strict=True)
            if (row["check"], row["lang"]) == (check, lang)
        ]
        caught, alarms = pairs.count((speaks, speaks)), pairs.count((quiet, speaks))
        yield {
            "check": check,
            "lang": lang,
            "n": len(pairs),
            "recall": _share(caught, caught + pairs.count((speaks, quiet))),
            "precision": _share(caught, caught + alarms),
            "false_alarms": _share(alarms, alarms + pairs.count((quiet, quiet))),
        }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
