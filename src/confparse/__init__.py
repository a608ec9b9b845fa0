"""confparse: raw text dumps of conference reports to validated records, Chinese and English."""

__version__ = "0.1.0"
