"""What is known of a language: who acts, what is denied, how far a modifier reaches.

Nothing here knows of platforms or of law.
"""
