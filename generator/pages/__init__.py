"""Pages for readers: a scored report becomes Swedish text, figures written out once, and HTML."""
