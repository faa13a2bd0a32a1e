"""What is known, put together for messages and pages alike: sources, histories, the roster of platforms.

Others may use: `histories`, `roster`, `sources`, `versions`.
"""
