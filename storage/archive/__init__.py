"""What was declared, looked at, read and found changed: snapshots, versions, changes, chains, search.

Others may use: `archive`, `chain`, `declarations`, `health`, `history`, `looks`, `models`, `outage_models`, `proofs`,
`recording`, `search`, `search_models`, `snapshot_store`, `state`, `uplink`, `versions`.
"""
