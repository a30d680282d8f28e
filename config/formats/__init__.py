"""How each language writes dates and numbers, over Django's own (FORMAT_MODULE_PATH)."""
