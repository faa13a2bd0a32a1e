"""Who reads, where, and what they asked for: workspaces, channels, watches, mutes.

Others may use: `audience`, `models`, `people`, `responses`, `store`, `watch_store`.
"""
