"""What a member sees, one screen a file: layout and keys."""
