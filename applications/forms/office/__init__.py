"""Forms of the office's and the bodies' pages. Rules are the domain's; these only read what was typed."""
