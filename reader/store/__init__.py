"""The cache: one SQLite file that holds every article, and what only the person has.

- A file that is not ours, is newer than we are, or is damaged is refused before any write.
- An article's id is its place in order of arrival and is never used again.
- What the person did (stars, tags, notes, imports) is on the disk when the call returns; read
  marks and what can be fetched again may lose the last seconds in a power cut, never the file.
- Every change a person makes is written to a journal together with its inverse.
- Results are fetched whole: no cursor stays open, so the log of changes can always be folded in.
"""

from reader.store.cache import Cache
from reader.store.incoming import Incoming

__all__ = ["Cache", "Incoming"]
