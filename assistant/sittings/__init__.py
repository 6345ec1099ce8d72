"""What a sitting is told before it, how it is held, and what becomes of it: where the rooms meet."""
