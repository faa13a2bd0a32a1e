"""How an installation is doing, for its operator: doctor, readiness, metrics, heartbeat. Mends nothing.

Others may use: `doctor`, `heartbeat`, `metrics`, `vitals`.
"""
