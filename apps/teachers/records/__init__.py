"""The forms of a person and of every row about him: what is typed, chosen and refused."""
