"""The optional language model: what is sent to it, and how its answer comes back. It decides nothing and shows nothing.

What it writes is judged in `guides.draft`, before anybody sees it.
"""
