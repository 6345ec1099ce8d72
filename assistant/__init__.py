"""Vidne: a witness to a learning community through its year."""
