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
import torch

from encoder import Whole, weights

TEMPLATE = Path(__file__).parent / "CARD.md"
UNJUDGED = ("period", "counts", "condition", "kind+act", "usable")  # the network has no part in these


def main() -> None:
    """Write the four files."""
    args = _arguments()
    trained = torch.load(args.trained, map_location="cpu", weights_only=False)
    args.out.mkdir(parents=True, exist_ok=True)
    whole = Whole(trained["frozen"], trained["encoder"]).eval()
    encoder(whole, args.out / "encoder.onnx", quantized=not args.float)
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


def encoder(whole: Any, path: Path, *, quantized: bool) -> None:
    """Export the encoder; weights of the matrices become 8-bit, activations are quantised as they come."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    ids = torch.randint(1000, 2000, (2, 24))
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            whole,
            (ids, torch.ones_like(ids)),
            str(plain),
            input_names=["ids", "mask"],
            output_names=["rows"],
            dynamic_axes={
                "ids": {0: "windows", 1: "pieces"},
                "mask": {0: "windows", 1: "pieces"},
                "rows": {0: "windows", 1: "pieces"},
            },
            opset_version=17,
            dynamo=False,
        )
        if quantized:
            quantize_dynamic(plain, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        else:
            onnx.save(onnx.load(plain), path)


def _arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("trained", type=Path)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--settings", type=Path, required=True)
    p.add_argument("--float", action="store_true")
    return p.parse_args()


if __name__ == "__main__":
    main()
