"""The command line: each file holds the commands of one purpose; `bot/__main__.py` puts them together."""
