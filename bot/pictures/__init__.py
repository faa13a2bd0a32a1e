"""Pictures where people would rather look than read: redlines, timelines, comparisons (extra `pictures`)."""
