"""Runs in the benchmark's own environment: JSON lines in, a list of spans per line out, at the end its seconds. No import of maatwerk."""

import json
import sys
import time


def deduce(entries, answers):
    from deduce import Deduce  # noqa: PLC0415
    from deduce.person import Person  # noqa: PLC0415

    engine = Deduce()
    begun = time.process_time()
    for entry in entries:
        pupil = (entry["known"] or {}).get("leerling") or {}
        surname = " ".join(filter(None, (pupil.get("tussenvoegsel"), pupil.get("achternaam"))))
        person = Person(first_names=[pupil.get("voornaam") or ""], surname=surname or None)
        found = engine.deidentify(entry["text"], metadata={"patient": person})
        print(json.dumps([[int(span.start_char), int(span.end_char)] for span in found.annotations]), file=answers)
    return begun


def presidio(entries, answers):
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine  # noqa: PLC0415

    class NoModel(NlpEngine):
        """No Dutch model can be installed, so Presidio runs on its patterns alone."""

        def load(self):
            return None

        def is_loaded(self):
            return True

        def process_text(self, text, language):
            return NlpArtifacts([], [], [], [], self, language)

        def process_batch(self, texts, language, **_):
            return ((text, self.process_text(text, language)) for text in texts)

        def is_stopword(self, word, language):
            return False

        def is_punct(self, word, language):
            return False

        def get_supported_entities(self):
            return []

        def get_supported_languages(self):
            return ["nl"]

    from presidio_analyzer import predefined_recognizers as have  # noqa: PLC0415

    registry = RecognizerRegistry(supported_languages=["nl"])
    for name in (
        "EmailRecognizer",
        "IbanRecognizer",
        "UrlRecognizer",
        "PhoneRecognizer",
        "DateRecognizer",
        "CreditCardRecognizer",
    ):
        registry.add_recognizer(getattr(have, name)(supported_language="nl"))
    engine = AnalyzerEngine(registry=registry, nlp_engine=NoModel(), supported_languages=["nl"])
    begun = time.process_time()
    for entry in entries:
        found = engine.analyze(entry["text"], language="nl")
        print(json.dumps([[span.start, span.end] for span in found]), file=answers)
    return begun


if __name__ == "__main__":
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    lines = [json.loads(line) for line in sys.stdin]
    loaded = time.process_time()
    first = {"deduce": deduce, "presidio": presidio}[sys.argv[1]](lines, answers)
    print(json.dumps({"seconds": time.process_time() - first, "start": round(first - loaded, 1)}), file=answers)
