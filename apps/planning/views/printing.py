"""Plans as files: the issued paper, working copies, months, the report on execution."""
