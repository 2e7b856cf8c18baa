"""Bringing many treasures in: files read, columns understood, lines compared before anything is written."""
