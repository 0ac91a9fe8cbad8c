"""Results: answers counted by group (`arrays`), and the tables people see, with what may not be seen left
out.
"""
