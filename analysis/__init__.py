"""The statistics of the paper: rows in, shares, intervals and charts out."""


def prepare() -> None:
    """Do what every notebook begins with, once for all of them: load and check the data, which `load` keeps."""
    from analysis.data.dataset import load

    load()
