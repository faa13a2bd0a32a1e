"""What `bench/peers.py` is made of: pages on loopback, and one runner for each program that watches them."""
