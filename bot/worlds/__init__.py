"""Small worlds to run the real path in: a made-up platform that changes while you look, and archived histories."""
