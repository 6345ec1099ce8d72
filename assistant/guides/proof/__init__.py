"""Whether prompts may be used: a guide, a group's rules and help lines, a whole folder.

Asked by whoever checks, and at the first start after a change; no question needs it.
"""
