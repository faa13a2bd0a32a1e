"""The commands: they exist once, for every chat."""
