"""Thousands of broken and hostile export files, made from good ones by a seeded script: `python -m tests.hostile_files FOLDER`."""
