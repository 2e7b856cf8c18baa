"""The load test of ``essor rehearse`` and ``bench/evening.py``: the house, its phones, the judge."""
