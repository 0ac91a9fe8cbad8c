"""The official report of a campaign: figures in Russian, tables, charts, the missing, the appendix."""
