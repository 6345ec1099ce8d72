"""Show: commands. They parse and print; what comes next is decided further in."""
