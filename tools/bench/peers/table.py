"""Prints what was measured as a table in Markdown."""

import statistics
from dataclasses import dataclass


@dataclass
class Row:
    network: str
    what: str
    signet: list  # one value per process
    peer: list


def print_table(rows):
    """Medians, and the ratio of ours to the peer's pair by pair: below 1 Signet needs less."""
    print("| network | | Signet | peer | Signet / peer |")
    print("| --- | --- | --: | --: | --: |")
    for row in rows:
        ratios = [ours / theirs for ours, theirs in zip(row.signet, row.peer)]
        ours, theirs, ratio = (statistics.median(v) for v in (row.signet, row.peer, ratios))
        inverse = f" = 1/{1 / ratio:.1f}" if ratio < 0.5 else ""
        print(f"| {row.network} | {row.what} | {ours:.3g} | {theirs:.3g} | {ratio:.3g}{inverse} |")
