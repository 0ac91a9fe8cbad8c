"""Two cards of one person become one: who names a person, what may clash, what a row looked like."""
