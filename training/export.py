"""Write a trained network as the package's model files: encoder.onnx (int8), heads.npz, model.json, tokenizer.json.

python training/export.py TRAINED.pt --model FOLDER --out src/pactwatch/data/reader [--settings FILE.json]
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

TEMPLATE = Path(__file__).parent / "CARD.md"
SMALLEST_MATRIX = 10_000
UNJUDGED = ("period", "counts", "condition", "kind+act", "usable")  # the network has no part in these


def main() -> None:
    """Write the four files."""
    args = _arguments()
    trained = torch.load(args.trained, map_location="cpu", weights_only=False)
    args.out.mkdir(parents=True, exist_ok=True)
    whole = Whole(trained["frozen"], trained["encoder"]).eval()
    encoder(whole, args.out / "encoder.onnx")
    heads = {name: value.numpy().astype(np.float16) for name, value in trained["heads"].items()}
    np.savez_compressed(args.out / "heads.npz", **heads)
    shutil.copy(weights() / "tokenizer.json", args.out / "tokenizer.json")
    card = json.loads(args.settings.read_text(encoding="utf-8"))
    (args.out / "CARD.md").write_text(model_card(card.pop("figures"), card), encoding="utf-8")
    card["features"] = sorted(trained["names"], key=trained["names"].get)
    card["pair_features"] = sorted(trained["pair_names"], key=trained["pair_names"].get)
    (args.out / "model.json").write_text(json.dumps(card, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def model_card(figures: dict[str, Any], settings: dict[str, Any]) -> str:
    """Return the model card: what it is, from what, how well it does on documents that it did not learn from."""
    found = TEMPLATE.read_text(encoding="utf-8")
    groups = [
        f"| {name} | {g['documents']} | {g['claims']} | {g['found']:.3f} | {g['kind']:.3f} | {g['kind+act']:.3f} |"
        for name, g in figures["groups"].items()
    ]
    kinds = [
        f"| {k} | {f['gold']} | {f['p']:.2f} | {f['r']:.2f} | {f['f1']:.2f} |" for k, f in figures["kinds"].items()
    ]
    reliability = figures["reliability"]
    summary = [f"- {name}: {value}" for name, value in reliability.items() if name != "tenths"]
    tenths = [f"| {low}- | {n} | {said:.2f} | {was:.2f} |" for low, n, said, was in reliability["tenths"]]
    fields = ", ".join(f"{name} {value:.2f}" for name, value in figures["fields"].items() if name not in UNJUDGED)
    parts = {"GROUPS": groups, "KINDS": kinds, "SUMMARY": summary, "TENTHS": tenths, "FIELDS": [fields]}
    parts["VERSION"] = [settings["version"]]
    for name, lines in parts.items():
        found = found.replace("{" + name + "}", "\n".join(lines))
    return found


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
    p.add_argument("--settings", type=Path, required=True)
    return p.parse_args()


if __name__ == "__main__":
    main()
