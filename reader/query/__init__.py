"""The query language: what a person types becomes a tree, and the tree a selection.

Every text is a query; none is an error. Words must all occur; `"a phrase"`, `-without`, `OR`,
`( )`, `begin*`; `title:` `author:` `source:` (also `source:#12`) `site:` `tag:` `lang:`
`is:unread|read|starred|edited|noted|tagged` `has:summary|note|tag` `before:` `after:` `date:`
(`2026-01-31`, `2026-01`, `3d`, `2w`, `today`, `yesterday`, `a..b`); `sort:new|rank|blend`.
What looks like a field but is none is text.
"""

from reader.query.query import Query, parse

__all__ = ["Query", "parse"]
