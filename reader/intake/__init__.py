"""The pipeline: whatever a person names becomes articles in the cache, batch by committed batch.

    what → documents (file, folder, page, stdin) → clean, in child processes → store + stories

An `Arrival` is given only after its article is committed: what was reported is kept. Foreign bytes
are read, and handed to a child; this process never looks into them.
"""
