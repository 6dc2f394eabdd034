"""What the facts about one dossier add up to."""

from stats.domain.story import Closing, Fact, Pause, Story, tell

__all__ = ["Closing", "Fact", "Pause", "Story", "tell"]
