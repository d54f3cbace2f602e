"""Write the sample exports: `python -m sample_data.generate FOLDER [--seed N] [--dossiers N]`."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from sample_data.catalogue import settings
from sample_data.exports import write_dossiers, write_steps
from sample_data.world import World, world
from sample_data.write_dvcqg import write_dvcqg


def generate(folder: Path, seed: int = 2020, dossiers: int = 24000) -> list[Path]:
    """Write all files into `folder` (made if absent) and return them in the order they must be imported.

    The same seed and number give the same files, byte for byte.
    """
    folder.mkdir(parents=True, exist_ok=True)
    office = world(seed, dossiers)
    return write_exports(folder, office, seed)


def write_exports(folder: Path, office: World, seed: int) -> list[Path]:
    """The dossier exports by date, then the steps."""
    layouts, paths = settings("exports"), []
    for number, layout in enumerate(layouts["dossiers"]):
        path = folder / layout["file"]
        paths.append(path)
        if layout["writer"] == "dvcqg":
            write_dvcqg(path, office, layout)
        else:
            words = layouts["words"][layout["words"]]
            write_dossiers(np.random.default_rng([seed, 2, number]), path, office, layout, words)
    last = settings("behaviour")["until"]
    for layout in layouts["steps"]:
        path = folder / layout["file"]
        paths.append(path)
        write_steps(path, office, layout, layouts["words"][layout["words"]], last)
    return paths


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m sample_data.generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--dossiers", type=int, default=24000)
    options = parser.parse_args()
    for path in generate(options.folder, options.seed, options.dossiers):
        print(path)


if __name__ == "__main__":
    main()
