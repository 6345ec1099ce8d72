"""The few things that screens are made of."""
