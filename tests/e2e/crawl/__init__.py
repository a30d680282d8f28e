"""A crawl of the whole site in Chromium: which pages there are, in which states of a round, and what is looked at on each."""
