"""Summaries of a campaign: kept sums, rounds side by side, what stands behind a figure."""
