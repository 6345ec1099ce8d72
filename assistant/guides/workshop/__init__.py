"""What facilitators work with: the prompts as they are listed, written, looked at, tried and packed.

Nothing that asks imports this, and it writes nowhere but in the group's own folder.
"""
