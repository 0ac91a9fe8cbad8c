"""The official report of a campaign: figures in correct Russian, tables, charts, the missing, the appendix."""
