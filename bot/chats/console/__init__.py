"""The terminal as a chat: lines in, drawn text out. No command lives here.

Others may use: `chat`.
"""
