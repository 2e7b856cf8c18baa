"""At the door: finding somebody by name, the best free seat, what the door's pages are given."""
