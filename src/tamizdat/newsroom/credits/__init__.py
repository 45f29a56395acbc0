"""Whose work stands in a text: names of agencies, and the line that credits them.

`agencies` is the table, `composing` writes the line, `checking` reads one, `used` asks
what an article was made from. An agency is known by an id of the table, or by its name
as it came, where the table does not know it.
"""
