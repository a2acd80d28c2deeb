"""Pictures of an article: fetched when the reader asks, decoded in a confined child, kept nowhere.

Only an address that is public, or on the host and port of the person's own source, is asked. What
comes out is a small grid of colours; no other room ever decodes a picture.
"""
