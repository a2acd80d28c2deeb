"""Pure functions on text: the gate, widths, Markdown, layout, dates, sentences, terms. No I/O."""
