"""Rooms of rules share this one: what the rules are as a whole, told from what each of them says.

Others may use: `ruleset`, `schema`, `upgrade`.
"""
