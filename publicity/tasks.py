"""What beat runs."""

from celery import shared_task

from publicity.domain.erasing import erase_due


@shared_task(name="publicity.erase_objectors")
def erase_objectors() -> int:
    """Erase objectors' details that have been kept long enough."""
    return erase_due()
