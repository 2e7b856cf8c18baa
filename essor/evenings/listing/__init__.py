"""Lists of participants from other services: what their columns mean, what their lines say."""
