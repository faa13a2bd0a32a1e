"""Keeps an installation well: backup, moving, retention, clocks that were set back, counts, its secret.

Others may use: `backup`, `clock_set_back`, `moving`, `retention`, `secret`, `tallies`.
"""
