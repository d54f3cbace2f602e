"""Every number on a screen or in a report: one family of indicators a file, the SQL beside the function that asks it."""
