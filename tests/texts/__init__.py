"""How texts are read."""
