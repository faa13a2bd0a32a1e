"""Looks: fetches what is due, has it examined and recorded; introduces new pages; renews findings. Tells nobody.

Others may use: `fetchers`, `introduce`, `look`, `renewing`, `workers`.
"""
