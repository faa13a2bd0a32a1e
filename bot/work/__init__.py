"""Work product: memos of cards, changes and comparisons, and benchmark tables, as files that are handed on.

Others may use: `benchmark`, `memo`, `pdf`, `proof`, `word`.
"""
