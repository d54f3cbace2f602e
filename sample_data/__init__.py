"""A seeded simulation of one department's one-stop-shop logs, written the way vendors' software exports them."""
