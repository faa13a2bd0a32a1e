"""Storage remembers: snapshots, versions, changes, who watches, and what was told. Rows stay here."""
