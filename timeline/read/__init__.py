"""Files -> articles: decoding, cleaning, the format, the stated publication date.

    paths -> files -> decode -> formats (text, webpage, records, feed) -> Draft -> published -> Article

`read` takes files and folders, `from_records` texts in memory; both give a `Reading`.
"""

from timeline.limits import Limits
from timeline.read.clean import clean
from timeline.read.files import read_text
from timeline.read.reading import Reading, from_records, read

__all__ = ["Limits", "Reading", "clean", "from_records", "read", "read_text"]
