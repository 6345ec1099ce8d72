"""Show: screens. They lay out and bind keys; what comes next is decided further in."""
