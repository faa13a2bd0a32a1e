"""Looks: fetches what is due, has it examined and recorded; introduces new pages. Tells nobody.

Others may use: `fetchers`, `introduce`, `look`, `workers`.
"""
