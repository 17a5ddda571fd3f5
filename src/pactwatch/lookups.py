"""One room asked alone: the places, or the times, of documents of which no claim is read."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from pactwatch import agreements as pacts
from pactwatch.errors import InputError
from pactwatch.model import DatedText, Dating, Document, Gazetted, NamedPlace, Problem, Severity
from pactwatch.pipeline import Context, Options, failed, load_context, start_worker, unread, worker
from pactwatch.resolve import places, times


def find_places(document: Document, context: Context) -> Gazetted:
    """Return the place names of one document, in any language. Never raises for what a text holds."""
    try:
        found, shapes = places.find_places(
            document, context.gazetteers, countries=context.countries, areas=context.areas
        )
    except (InputError, MemoryError):
        raise
    except Exception as error:
        return Gazetted(document=document, problems=(failed(document, error),))
    names = (NamedPlace(quote=m.quote, resolution=r, demonym=r.rule == places.DEMONYM) for m, r in found)
    odd = (problem for gazetteer in context.gazetteers for problem in getattr(gazetteer, "problems", ()))
    return Gazetted(document=document, names=tuple(names), shapes=shapes, problems=tuple(odd))


def _find_places_in_worker(document: Document) -> Gazetted:
    return find_places(document, worker["context"])


def find_all_places(
    documents: Iterable[Document], options: Options, *, jobs: int = 1, context: Context | None = None
) -> Iterator[Gazetted]:
    """Yield each document's place names, in order, over `jobs` processes."""
    if jobs <= 1:
        context = context or load_context(options)
        for document in documents:
            yield find_places(document, context)
        return
    with ProcessPoolExecutor(jobs, initializer=start_worker, initargs=(options,)) as pool:
        yield from pool.map(_find_places_in_worker, documents, chunksize=4)


def date_texts(
    documents: Iterable[Document], options: Options, *, narrative: bool | None, stated: bool = False
) -> Iterator[tuple[DatedText, Problem | None]]:
    """Yield each document with its own dating and its times, and what was odd; no claim is read.

    With `stated`, `published` is known to be the day of writing, and the words of the text do not overrule it.
    """
    agreements = tuple(pacts.load(name) for name in options.agreements)
    for document in documents:
        dating = times.date_document(document, agreements, as_of=options.as_of)
        odd = unread(document)
        if stated and dating.published.edtf:
            odd = odd or (_dct_differs(document, dating) if dating.agrees is False else None)
            dating = replace(dating, written=dating.published)
        read = replace(document, text="") if odd and odd.code == "unread-language" else document
        dated = times.date_text(read, dating, agreements, narrative=narrative)
        yield (dated if read is document else replace(dated, document=document)), odd


def _dct_differs(document: Document, dating: Dating) -> Problem:
    said = "; ".join(f"“{words.text}”: {why}" for words, why in dating.evidence[:3])
    return Problem(
        code="dct-differs",
        where=document.id,
        field="dct",
        what=f"the text excludes its stated date {dating.published.edtf} ({said})",
        advice="Times were counted from the stated date. Correct it, or give null to go by the text.",
        severity=Severity.WARNING,
    )
