"""Collections in and articles out.

What is exported as JSON lines is read back by import without loss; an import that was cut short
is completed by running it again.
"""
