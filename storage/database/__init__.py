"""Opens the database, and how values stand in its columns; schema and locks. No rows of any subject live here.

Others may use: `address`, `codec`, `columns`, `connection`, `filelock`, `schema`, `statements`.
"""
