"""Bokslut: from a folder of files to a published social account (socialt bokslut)."""
