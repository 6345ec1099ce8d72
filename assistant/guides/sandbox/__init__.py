"""A text that a stranger may have written is filled in: walked first, within bounds, in a process apart.

What comes in and what goes out are plain texts, lists and numbers; nothing here knows a guide or a file.
"""
