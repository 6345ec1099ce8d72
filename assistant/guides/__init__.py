"""Ask: what is asked, in which order, and in whose words."""
