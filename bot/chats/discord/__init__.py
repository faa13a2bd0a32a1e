"""Discord: interactions in, embeds out. No command lives here.

Others may use: `bot`.
"""
