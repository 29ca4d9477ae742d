"""Train the networks that come with the package: ``make weights``.

    python tools/weights.py                 the three of them
    python tools/weights.py robust          only this one

Every epoch is kept under data/weights, so a run that is stopped goes on where it was. A file in
src/dlcourse/weights is replaced only when its network is complete.
"""

import argparse
from pathlib import Path

from dlcourse import digit_networks, weights_file

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Train and save the networks that were asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help=f"of {', '.join(digit_networks.NAMES)}")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, help="default: as shipped")
    parser.add_argument("--to", type=Path, default=ROOT / "src" / "dlcourse" / "weights")
    arguments = parser.parse_args()
    for name in arguments.names or digit_networks.NAMES:
        network = digit_networks.train(
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
