"""`maatwerk anonymise`: JSON lines in, JSON lines out, one for one and in order. It needs no database, key or environment.

A line that cannot be read gets an answer with `error` in its place, so nothing is lost; the exit code is then 2.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO, Final

from maatwerk.anonymisation.engine import Known, Replacement, redact
from maatwerk.commands.dutch import report
from maatwerk.rules.refusals import Invalid, Refused

_PROG: Final = "maatwerk anonymise"
_MEND: Final = 'Schrijf per regel een object zoals {"id": "1", "known": {}, "text": "..."}.'


def add(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "anonymise",
        description="Leest per regel een JSON-object met id, known en text, en schrijft per regel id, redacted en "
        "spans (start, end, label, confidence). Een onleesbare regel krijgt op zijn plaats een regel met error; "
        "de uitgang is dan 2.",
        epilog=f"voorbeeld: {_PROG} --in aanvragen.jsonl --out zonder-namen.jsonl",
    )
    parser.add_argument("--in", dest="source", metavar="BESTAND", help="te lezen bestand; anders standaardinvoer")
    parser.add_argument("--out", dest="target", metavar="BESTAND", help="te schrijven bestand; anders standaarduitvoer")
    parser.add_argument(
        "--explain",
        action="store_true",
        help="zeg per span ook welke laag hem vond en wat ervoor komt, en noem twijfels",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answers every line; 0, or 2 when a file cannot be opened or a line could not be read."""
    with ExitStack() as files:
        try:
            source = files.enter_context(open(args.source, "rb")) if args.source else sys.stdin.buffer
            target = files.enter_context(open(args.target, "wb")) if args.target else sys.stdout.buffer
        except OSError as fault:
            return report(_PROG, _unusable(fault))
        return _answer_all(source, target, explain=args.explain)


def _answer_all(source: BinaryIO, target: BinaryIO, *, explain: bool) -> int:
    code = 0
    for number, line in _lines(source):
        identity: object = None
        try:
            entry = _entry(line)
            identity = entry.get("id")
            answer = _answer(identity, entry, explain=explain)
        except Refused as refused:
            code = report(f"{_PROG}: regel {number}", refused)
            answer = {"id": identity, "error": refused.reasons[0].message}
        target.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    target.flush()
    return code


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that are not empty, without a byte order mark."""
    for number, line in enumerate(source, start=1):
        content = line.removeprefix(b"\xef\xbb\xbf").strip()
        if content:
            yield number, content


def _entry(line: bytes) -> dict[str, object]:
    try:
        entry = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Invalid.because("line_unreadable", "Dit is geen JSON in UTF-8.", mend=_MEND) from None
    if not isinstance(entry, dict):
        raise Invalid.because("line_unreadable", "Dit is geen JSON-object.", mend=_MEND)
    return entry


def _answer(identity: object, entry: dict[str, object], *, explain: bool) -> dict[str, object]:
    text = entry.get("text")
    if not isinstance(text, str):
        raise Invalid.because("text_missing", "De tekst ontbreekt.", mend=_MEND, field="text")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Invalid.because(
            "text_damaged", "De tekst bevat een half teken.", mend="Herstel de codering.", field="text"
        )
    redaction = redact(text, Known.from_mapping(entry.get("known")))
    spans = [_span(span) for span in redaction.spans]
    answer: dict[str, object] = {"id": identity, "redacted": redaction.redacted, "spans": spans}
    if explain:
        for shown, span in zip(spans, redaction.spans, strict=True):
            shown.update(layer=span.layer, placeholder=span.placeholder, text=text[span.start : span.end])
        answer["doubts"] = [
            {"start": d.start, "end": d.end, "confidence": d.confidence, "text": text[d.start : d.end]}
            for d in redaction.doubts
        ]
    return answer


def _span(span: Replacement) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "label": span.label, "confidence": span.confidence}


def _unusable(fault: OSError) -> Refused:
    """Without the path: a file is often called after the child."""
    return Invalid.because(
        "file_unusable", "Het bestand is niet te openen.", mend=f"Kijk naar naam en rechten ({type(fault).__name__})."
    )
