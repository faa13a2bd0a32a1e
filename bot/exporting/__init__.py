"""Exporting: the archive as files others can read: JSON lines, CSV tables, an Open Terms Archive repository."""
