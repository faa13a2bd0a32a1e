"""What `bench/fuzz.py` is made of: inputs, targets and the runs that bring them together."""
