"""The demonstration: people, their papers, and the main job they play."""
