"""What the tests of the screens share: the data sets shown, and what is looked for on a drawn page."""
