"""Keep: a member's own private room, one encrypted file."""
