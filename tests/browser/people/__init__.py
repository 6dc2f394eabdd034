"""The people of the main job at a real browser: what each sees, fills in and presses."""
