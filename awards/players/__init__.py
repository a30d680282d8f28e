"""How a rehearsal plays this app's stages."""

from awards.players import approval, conferral

__all__ = ["approval", "conferral"]
