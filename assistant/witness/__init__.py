"""Witness: what may be said back, and when a person should hear "we are witnesses"."""
