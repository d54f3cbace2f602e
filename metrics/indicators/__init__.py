"""The indicators, a list a theme. metrics/catalogue.py puts them together."""
