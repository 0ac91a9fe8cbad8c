"""What is left of a person when his data is erased, and the act that tells of it."""
