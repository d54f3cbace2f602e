"""The door and the pieces that pages share."""
