"""Work for the workers."""

import logging

from celery import shared_task

from audit import checkpoints, verify

logger = logging.getLogger(__name__)


@shared_task(name="audit.checkpoint")
def checkpoint() -> int:
    """Sign where every chain stands; the statement also goes to the log stream, outside the database."""
    made = checkpoints.make_all()
    for row in made:
        logger.info(
            "audit checkpoint %s:%s:%s key %s signature %s",
            row.scope,
            row.sequence,
            row.hash,
            row.key_id,
            row.signature,
        )
    return len(made)


@shared_task(name="audit.verify_nightly")
def verify_nightly() -> int:
    """Check every chain; what is wrong goes to the log as an error. Returns the number of problems."""
    problems = [problem for scope in verify.scopes() for problem in verify.verify(scope).problems]
    for problem in problems:
        logger.error("audit chain: %s", problem)
    return len(problems)
