"""The commands of manage.py, by idea: each module adds its own to the parser (`add`)."""
