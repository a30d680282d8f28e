"""Work for the workers."""

from celery import shared_task

from notifications import delivery, reminders


@shared_task(name="notifications.send_messages")
def send_messages(ids: list[int]) -> int:
    """Send these messages; returns how many went out."""
    return sum(delivery.send(message_id) for message_id in ids)


@shared_task(name="notifications.sweep")
def sweep() -> int:
    """Send what was left: a broker that was away, a worker that died, a mail server that refused."""
    return sum(delivery.send(message_id) for message_id in delivery.waiting())


@shared_task(name="notifications.remind")
def remind() -> int:
    """Post reminders whose time has come."""
    return reminders.post_due()
