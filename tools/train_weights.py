"""Train the networks that come with the package: ``make weights``.

    python tools/train_weights.py                 all of them
    python tools/train_weights.py robust          only this one
    python tools/train_weights.py finder          the one that says where a digit stands

Every epoch of the robust network and every slice of the finder is kept under data/weights, so a
run that is stopped goes on where it was. A file in src/dlcourse/networks/weights is replaced only
when its network is complete.
"""

import argparse
from pathlib import Path

from dlcourse.networks import pretrained, weights_file
from dlcourse.networks.keras_settings import settle_keras
from dlcourse.robust import train_digit_networks
from dlcourse.robust.finder import training as finder_training

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Train and save the networks that were asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help=f"of {', '.join(pretrained.NAMES)}, finder")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, help="default: as shipped")
    parser.add_argument(
        "--to", type=Path, default=ROOT / "src" / "dlcourse" / "networks" / "weights"
    )
    arguments = parser.parse_args()
    settle_keras()
    for name in arguments.names or (*pretrained.NAMES, "finder"):
        if name == "finder":
            # Trained slice by slice, each with new windows; `--epochs` does not apply.
            folder = ROOT / "data" / "weights" / "finder"
            finder_training.train(folder, n_slices=finder_training.N_SLICES, seed=arguments.seed)
            network = finder_training.kept_network(folder, seed=arguments.seed)
            weights_file.save(network, arguments.to / "finder.safetensors")
            continue
        network = train_digit_networks.train(
            name,
            seed=arguments.seed,
            n_epochs=arguments.epochs,
            scratch=ROOT / "data" / "weights",
            report=lambda line: print(line, flush=True),
        )
        path = arguments.to / f"{name}.safetensors"
        weights_file.save(network, path)
        print(f"{path}: {path.stat().st_size:,} bytes", flush=True)


if __name__ == "__main__":
    main()
