"""Examining in a box: reading, comparing and recognising, in a process of their own that has limits and can be killed.

Others may use: `aside`, `box`, `jobs`, `texts`.
"""
