"""The failures a user can meet and act on; each one's text is a Vietnamese sentence that says what to do."""

from warehouse.mapping import ProfileError
from warehouse.read import UnreadableFile
from warehouse.snapshots import NoSnapshot

EXPECTED = (NoSnapshot, UnreadableFile, ProfileError, ValueError, OSError)
