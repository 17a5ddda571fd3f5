"""Which language a text is in, by py3langid; the model is loaded at the first question (about a second)."""

from functools import lru_cache
from typing import Any

_SAMPLE_CODE_POINTS = 4_000  # 3 ms; a language shows itself long before
_MIN_LETTERS = 20  # below this the identifier guesses: "Rudnica: 5 killed" comes out as Danish
_MIN_SHARE = 0.5  # of the probability; on 290 English texts of our own fields the lowest share was 0.9


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's main language, None where it is too short or in doubt."""
    sample = text[:_SAMPLE_CODE_POINTS]
    if sum(map(str.isalpha, sample[:200])) < _MIN_LETTERS and sum(map(str.isalpha, sample)) < _MIN_LETTERS:
        return None
    code, share = certainty_of(sample)
    return code if share >= _MIN_SHARE else None


def certainty_of(text: str) -> tuple[str, float]:
    """Return the likeliest ISO 639-1 code and its share of the probability (0 to 1)."""
    code, share = _identifier().classify(text[:_SAMPLE_CODE_POINTS])
    return str(code), float(share)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Codes of three letters (Nigerian Pidgin, Moroccan Arabic …) take short texts from their big neighbours.
    identifier.set_languages([code for code in identifier.labels if len(code) == 2])
    return identifier
