"""Rows of persons to counted tables."""
