"""Write a trained network as the package's model files: encoder.onnx (int8), heads.npz, model.json, tokenizer.json.

python training/export.py TRAINED.pt --model FOLDER --out src/pactwatch/data/reader
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch

from encoder import Whole, weights
from labels import ROLES

# What `calibrate.py` starts from.
SETTINGS = {
    "name": "trained",
    "version": "2",
    "least": 0.35,
    "least_at_first_sight": 0.05,
    "doubt": 0.25,
    "guess": 1.0,
    "thresholds": dict.fromkeys(ROLES, 0.45),
    "nobody": dict.fromkeys(ROLES, 0.5),
    "certainty": {"slope": 1.0, "shift": 0.0},
}
SMALLEST_MATRIX = 10_000


def main() -> None:
    """Write the files; `calibrate.py` chooses the settings afterwards."""
    args = _arguments()
    trained = torch.load(args.trained, map_location="cpu", weights_only=False)
    args.out.mkdir(parents=True, exist_ok=True)
    whole = Whole(trained["frozen"], trained["encoder"]).eval()
    encoder(whole, args.out / "encoder.onnx")
    heads = {name: value.numpy().astype(np.float16) for name, value in trained["heads"].items()}
    np.savez_compressed(args.out / "heads.npz", **heads)
    shutil.copy(weights() / "tokenizer.json", args.out / "tokenizer.json")
    card: dict[str, Any] = dict(SETTINGS)
    card["features"] = sorted(trained["names"], key=trained["names"].get)
    card["pair_features"] = sorted(trained["pair_names"], key=trained["pair_names"].get)
    (args.out / "model.json").write_text(json.dumps(card, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def encoder(whole: Any, path: Path) -> None:
    """Export the encoder with its matrices in 8 bits, a scale for each column (of the vocabulary: for each row).

    They are widened when the file is loaded. Rounding the activations too, as dynamic quantisation does, changes the
    rows by a fifth of their length, which costs 0.02 of the F1 of kinds on held-out documents.
    """
    ids = torch.randint(1000, 2000, (2, 24))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            whole,
            (ids, torch.ones_like(ids)),
            str(plain),
            input_names=["ids", "mask"],
            output_names=["rows"],
            dynamic_axes={name: {0: "windows", 1: "pieces"} for name in ("ids", "mask", "rows")},
            opset_version=17,
            dynamo=False,
        )
        model = onnx.load(plain)
    narrowed(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def narrowed(graph: Any) -> None:
    """Put 8-bit values and their scales in the place of each large matrix."""
    tables = {name for node in graph.node if node.op_type == "Gather" for name in node.input[:1]}
    for old in [i for i in graph.initializer if len(i.dims) == 2 and np.prod(i.dims) >= SMALLEST_MATRIX]:
        values = onnx.numpy_helper.to_array(old)
        axis = 0 if old.name in tables else 1
        scale = np.maximum(np.abs(values).max(1 - axis) / 127, 1e-12).astype(np.float32)
        whole = np.rint(values / np.expand_dims(scale, 1 - axis)).astype(np.int8)
        name = old.name
        graph.initializer.remove(old)
        graph.initializer.extend(
            [onnx.numpy_helper.from_array(whole, f"{name}.whole"), onnx.numpy_helper.from_array(scale, f"{name}.scale")]
        )
        widened = onnx.helper.make_node("DequantizeLinear", [f"{name}.whole", f"{name}.scale"], [name], axis=axis)
        graph.node.insert(0, widened)


def _arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("trained", type=Path)
    p.add_argument("--out", type=Path, required=True)
    return p.parse_args()


if __name__ == "__main__":
    main()
