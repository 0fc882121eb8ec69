"""Writes the ledger for other programs."""
import json
from dataclasses import asdict


def export(entries):
    """JSON text, one object for each entry, in the order of their numbers."""
    rows = [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.number)]
    return json.dumps(rows)
