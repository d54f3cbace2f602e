"""The way in: files are read, mapped, checked, archived, built into a snapshot and published; engines answer SQL over it."""
