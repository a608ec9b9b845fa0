"""What to install for the work that the plain program cannot do.

The packages are named, not the extra: another project has our name at the package index, so that
`pip install 'confparse[pdf]'` may fetch a program that is not this one.
"""

from collections.abc import Mapping
from typing import Literal

Extra = Literal["pdf", "docx", "html", "tables", "cluster"]

PACKAGES: Mapping[Extra, str] = {  # arguments of `pip install`: the packages of each extra of pyproject.toml
    "pdf": "pypdfium2",
    "docx": "python-docx",
    "html": "selectolax",
    "tables": "pyarrow",
    "cluster": "'dask[distributed]' fsspec pyarrow",
}
