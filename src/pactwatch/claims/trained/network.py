"""The trained network at run time: an encoder in ONNX, and small heads as plain matrices."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from pactwatch.claims.trained.windows import Window
from pactwatch.errors import MissingPart

FOLDER = ("reader",)
NEVER = -1e4
BATCH_PIECES = 1_600  # pieces encoded at once, padding included: bounds the memory
Array = Any
VOICES = ("party", "monitor", "press", "third_party", "unknown", "quoted")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the network thinks of some words that may name an act; one row for each.

    `there` is how probable a claim is, `act` how probable each act; `bits` answers yes or no: negated, no agent, the
    speaker's own side is the agent, the issuer is the speaker. `state` goes into the judgement of partners and kinds.
    """

    there: Array
    act: Array
    bits: Array
    state: Array


@dataclass(frozen=True, slots=True)
class Roles:
    """What the network thinks of what may take part in one act; a column a role.

    `each` says of every partner by itself how probable it is in a role. `first` weighs them against each other and
    adds up to one: nobody in its first row, the speaker's own side (as agent) in its last, between them the partners.
    """

    each: Array
    first: Array


class Network:
    """Reads windows and answers about words in them. The same input gives the same output."""

    def __init__(self) -> None:
        import onnxruntime

        folder = resources.files("pactwatch.data").joinpath(*FOLDER)
        if not folder.joinpath("encoder.onnx").is_file():
            raise MissingPart("the trained reader's model is not installed: run `make train`, or use --reader rules")
        self.card: dict[str, Any] = json.loads(folder.joinpath("model.json").read_text(encoding="utf-8"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.disable_quant_qdq", "1")  # widen the matrices once, at loading
        self._session = onnxruntime.InferenceSession(
            folder.joinpath("encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        with folder.joinpath("heads.npz").open("rb") as file:
            self._heads = {name: a.astype(np.float32) for name, a in np.load(file).items()}
        self._last: tuple[Any, dict[str, tuple[Array, Array]]] = (None, {})
        self._names = {name: n for n, name in enumerate(self.card["features"], 1)}
        self._pair_names = {name: n for n, name in enumerate(self.card["pair_features"], 1)}

    def encode(self, windows: Sequence[Window]) -> list[Array]:
        """Return one matrix a window: a row for each word piece."""
        found: dict[int, Array] = {}
        order = sorted(range(len(windows)), key=lambda n: len(windows[n].ids))
        while order:
            size = max(1, BATCH_PIECES // len(windows[order[-1]].ids))
            some, order = order[-size:], order[:-size]
            for n, rows in zip(some, self._encoded([windows[n].ids for n in some]), strict=True):
                found[n] = rows
        return [found[n] for n in range(len(windows))]

    def _encoded(self, lists: list[list[int]]) -> Iterable[Array]:
        longest = max(map(len, lists))
        ids = np.zeros((len(lists), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(lists):
            ids[row, : len(one)] = one
            mask[row, : len(one)] = 1
        (out,) = self._session.run(None, {"ids": ids, "mask": mask})
        return [out[row, : len(one)] for row, one in enumerate(lists)]

    def quick(self, rows: Array, ends: Sequence[tuple[int, int]]) -> Array:
        """Return for each word, by its first and last piece, how probable an act is there at first sight."""
        return _sigmoid(self._of_ends("quick", rows, ends)[:, 0])

    def judge(self, rows: Array, ends: Sequence[tuple[int, int]], features: Sequence[Iterable[str]]) -> Judged:
        """Return what the network thinks of words of one window, each with the names of what the rules saw in it."""
        known = [self._known(self._names, names) for names in features]
        whole = rows[:1] @ self._heads["words.weight"].T[2 * rows.shape[1] :]
        state = _gelu(self._of_ends("words", rows, ends) + whole + self._bag("bag", known))
        there = self._linear("there", state) + self._bag("there_skip", known)
        return Judged(
            there=_sigmoid(there[:, 0]),
            act=_softmax(self._linear("act", state) + self._bag("act_skip", known)),
            bits=_sigmoid(self._linear("bits", state)),
            state=state,
        )

    def kinds(self, state: Array, doers: Sequence[float], bits: Array, features: Iterable[str]) -> Array:
        """Return how probable each kind is of one act that is a claim.

        `doers` says how probable a doer is on the speaker's own side, on an ally's and on another one.
        """
        names = set(features)
        voice = np.array([f"voice.{v}" in names for v in VOICES], np.float32)
        factors = np.concatenate([np.asarray(doers, np.float32), bits])
        seen = np.concatenate([state, factors, np.outer(factors, voice).ravel()])
        known = [self._known(self._names, names)]
        return _softmax(self._linear("kind", seen[None]) + self._bag("kind_skip", known))[0]

    def roles(
        self,
        rows: Array,
        state: Array,
        ends: tuple[int, int],
        partners: Sequence[tuple[int, int] | None],
        features: Sequence[Iterable[str]],
    ) -> "Roles":
        """Return what the network thinks of what may take part in one act."""
        nobody = self._linear("nobody", state[None])
        count = nobody.shape[1] - 1
        own = np.full((1, count), NEVER, np.float32)
        own[0, 0] = nobody[0, count]
        if not partners:
            return Roles(np.zeros((0, count), np.float32), _softmax(np.concatenate([nobody[:, :count], own]).T).T)
        known = [self._known(self._pair_names, names) for names in features]
        act = self._linear("of_candidate", np.concatenate([state, rows[ends[0]]])[None])
        partner, key = (self._of_partners(name, rows, partners) for name in ("of_partner", "key"))
        both = self._of_ends("query", rows, [ends]) * key / 8.0
        seen = np.concatenate([_gelu(act + partner + self._bag("pair_bag", known)), both], 1)
        first = self._linear("first", seen) + self._bag("first_skip", known)
        return Roles(
            each=_sigmoid(self._linear("role", seen) + self._bag("pair_skip", known)),
            first=_softmax(np.concatenate([nobody[:, :count], first, own]).T).T,
        )

    def _of_ends(self, name: str, rows: Array, ends: Sequence[tuple[int, int]]) -> Array:
        """Return a layer's answer to first and last piece together; what it says of a window's pieces is kept."""
        if self._last[0] is not rows:
            self._last = (rows, {})
        kept = self._last[1]
        if name not in kept:
            width = rows.shape[1]
            weight = self._heads[f"{name}.weight"]
            kept[name] = rows @ weight[:, :width].T, rows @ weight[:, width : 2 * width].T + self._heads[f"{name}.bias"]
        first, last = kept[name]
        at = np.asarray(ends)
        return first[at[:, 0]] + last[at[:, 1]]

    def _of_partners(self, name: str, rows: Array, partners: Sequence[tuple[int, int] | None]) -> Array:
        """Return a layer's answer to partners; one that the window does not hold has nothing but the bias."""
        found = self._of_ends(name, rows, [p or (0, 0) for p in partners])
        found[[n for n, p in enumerate(partners) if p is None]] = self._heads[f"{name}.bias"]
        return found

    def _linear(self, name: str, x: Array) -> Array:
        return x @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]

    def _bag(self, name: str, lists: Sequence[list[int]]) -> Array:
        table = self._heads[f"{name}.weight"]
        return np.stack([table[one].sum(0) for one in lists])

    @staticmethod
    def _known(names: dict[str, int], features: Iterable[str]) -> list[int]:
        return sorted(names[f] for f in features if f in names) or [0]


@cache
def network() -> Network:
    """Return the package's network, loaded once in a process."""
    return Network()


def _sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def _softmax(x: Array) -> Array:
    powers = np.exp(x - x.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def _gelu(x: Array) -> Array:
    """Return the exact form, by the error function (Abramowitz and Stegun 7.1.26; off by less than 2e-7)."""
    z = np.abs(x) / np.sqrt(2.0)
    t = 1 / (1 + 0.3275911 * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return 0.5 * x * (1 + np.sign(x) * (1 - poly * np.exp(-z * z)))
