"""The commands `paper data export` and `paper links`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from analysis.data.dataset import load, project_root
from analysis.data.exchange import links


def export(formats: list[str], out: str) -> int:
    """Write the data in the formats asked for."""
    from analysis.data.exchange import parquet, refi, workbook

    data, folder, target = load(), project_root() / "data", Path(out)
    target.mkdir(parents=True, exist_ok=True)
    name = data.descriptor["name"]
    files: dict[str, bytes] = {}
    if "xlsx" in formats:
        files[f"{name}.xlsx"] = workbook.workbook(folder, data.descriptor)
    if "refi" in formats:
        files |= {f"{name}.qdc": refi.codebook(data), f"{name}.qdpx": refi.project(data)}
    for file, content in files.items():
        (target / file).write_bytes(content)
    made = [target / file for file in files]
    if "parquet" in formats:
        made += parquet.write_parquet(folder, data.descriptor, target)
    for path in made:
        print(f"  {path}  ({path.stat().st_size / 1024:,.0f} kB)")
    return 0


def check_links(pause: float, timeout: float, days: int, most: int | None) -> int:
    """Ask the addresses in the data whether they answer, and say how many of which kind; 1 where pages are gone."""
    addresses, kept = links.addresses(load()), project_root() / ".cache" / "links.csv"
    try:
        for address, found in links.check(addresses, kept, links.Manners(pause, timeout, days), most):
            print(f"{found.status:10} {address}  {found.detail}".rstrip(), flush=True)
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.")
    known = [one for address, one in links.remembered(kept).items() if address in addresses]
    counts = ", ".join(f"{n} {status}" for status, n in Counter(one.status for one in known).most_common())
    print(f"{len(known)} of {len(addresses)} addresses are known: {counts or 'none asked'}. They stand in {kept}.")
    return int(any(one.status in links.LOST for one in known))


COMMANDS = {"exchange data": export, "exchange links": check_links}
