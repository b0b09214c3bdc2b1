"""The two commands, and the files that they write."""
