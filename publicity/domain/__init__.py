"""Publishing, objecting, examining, concluding, reporting, erasing."""
