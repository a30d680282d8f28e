"""What the pages share in looks: the theme a reader chose, colours that stay readable, the page of all components."""
