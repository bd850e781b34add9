"""Event timelines from news articles."""
