"""Evidence: a file about one change that proves itself without our database."""
