"""Watchers see: they fetch, read, compare and recognise. They remember nothing and tell nobody."""
