"""What the reader of claims is measured against: keyword rules over sentences, and over textacy's triples and
quotations.

Each peer gets the reader's own lexicon of acts, so that the difference measured is the reading, not the vocabulary.
"""

import importlib.util
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from gold_documents import document_of
from pactwatch import plugins, statements
from pactwatch.claims.lexicon import Lexicon, Sense, lexicon
from pactwatch.claims.parse import pipeline

__all__ = ["peers", "pipeline", "reader_seconds"]

Row = dict[str, Any]
Peer = Callable[[Sequence[Row]], dict[str, Row]]


def peers() -> dict[str, Peer | None]:
    """Return the peers by name; None stands for one whose library is not installed."""
    textacy = importlib.util.find_spec("textacy") is not None
    return {"spaCy sentences, keyword rules": sentences, "textacy triples and quotations": triples if textacy else None}


def sentences(gold: Sequence[Row]) -> dict[str, Row]:
    """One claim for each sentence that holds a word of the lexicon; its entities are agent, target and places."""
    words, parse = lexicon(), pipeline()
    return {
        d["doc"]: {"doc": d["doc"], "claims": [c for s in parse(d["text"]).sents for c in _of_sentence(s, words)]}
        for d in gold
    }


def _of_sentence(sentence: Any, words: Lexicon) -> Iterable[Row]:
    for token in sentence:
        sense = _sense(token, words)
        if sense is not None:
            actors = [e.text for e in sentence.ents if e.label_ in ("ORG", "NORP", "PERSON")]
            places = [e.text for e in sentence.ents if e.label_ in ("GPE", "LOC", "FAC")]
            span = (sentence.start_char, sentence.end_char)
            trigger = (token.idx, token.idx + len(token))
            yield _claim(sentence, sense, span, trigger, words) | {"agent": actors[:1], "places": places}
            return


def _sense(token: Any, words: Lexicon) -> Sense | None:
    table = words.verbs if token.pos_ == "VERB" else words.nouns if token.pos_ == "NOUN" else {}
    senses = [s for s in table.get(token.lemma_.lower(), ()) if s.grade < 3]
    return senses[0] if senses else None


def _claim(sentence: Any, sense: Sense, quote: tuple[int, int], trigger: tuple[int, int], words: Lexicon) -> Row:
    """The kind by keywords: demand, denial, future and harm in the sentence."""
    lemmas = {t.lemma_.lower() for t in sentence}
    if lemmas & (words.cues["must"] | {"urge", "demand", "call"}):
        kind = "demand"
    elif lemmas & words.cues["denial"]:
        kind = "denial"
    elif lemmas & {"will", "shall", "pledge"}:
        kind = "threat" if sense.polarity == "h" else "commitment"
    else:
        kind = "accusation" if sense.polarity == "h" else "report"
    negated = any(t.dep_ == "neg" for t in sentence)
    base: Row = {"kind": kind, "act": str(sense.act), "quote": list(quote), "trigger": list(trigger)}
    return base | {"speaker": "issuer", "agent": [], "target": [], "places": [], "negated": negated}


def triples(gold: Sequence[Row]) -> dict[str, Row]:
    """One claim for each subject–verb–object triple whose verb or object is in the lexicon; speakers from
    quotations.
    """
    from textacy import extract

    words, parse = lexicon(), pipeline()
    found = {}
    for document in gold:
        doc = parse(document["text"])
        quotations = list(extract.direct_quotations(doc))
        claims = [c for t in extract.subject_verb_object_triples(doc) for c in _of_triple(t, doc, quotations, words)]
        found[document["doc"]] = {"doc": document["doc"], "claims": claims}
    return found


def _of_triple(triple: Any, doc: Any, quotations: Sequence[Any], words: Lexicon) -> Iterable[Row]:
    head = triple.verb[-1]
    sense = _sense(head, words) or next((s for o in triple.object if (s := _sense(o, words))), None)
    if sense is None:
        return
    tokens = [*triple.subject, *triple.verb, *triple.object]
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    quote = (first.idx, last.idx + len(last))
    claim = _claim(head.sent, sense, quote, (head.idx, head.idx + len(head)), words)
    inside = [q for q in quotations if q.content.start <= head.i < q.content.end]
    claim["speaker"] = " ".join(t.text for t in inside[0].speaker) if inside else "issuer"
    claim["agent"] = [" ".join(t.text for t in triple.subject)]
    claim["target"] = [" ".join(t.text for t in triple.object)]
    yield claim


def reader_seconds(gold: Sequence[Row], name: str) -> float:
    """Return the CPU seconds of statements and claims alone, by a reader's name, without times, places and parties."""
    reader = plugins.load("reader", name)()
    start = time.process_time()
    for row in gold:
        document = document_of(row)
        passages, _ = statements.split(document)
        reader.read(document, passages, (), ())
    return time.process_time() - start
