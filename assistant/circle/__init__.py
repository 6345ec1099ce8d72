"""The group's room: what members chose to share, signed, encrypted and only ever added to."""
