"""PageLayout to Series: which numbers are labels, and where parts begin."""
