"""Two language versions of one report side by side: what corresponds, and where they disagree."""
