"""Work for the workers: ids in, the domain does it, twice has no second effect."""

from celery import shared_task

from documents import papers


@shared_task(name="documents.write_paper")
def write_paper(paper_id: int) -> None:
    """Make one paper."""
    papers.make(paper_id)


@shared_task(name="documents.sweep_papers")
def sweep_papers() -> int:
    """Hand papers that were left to workers again; returns how many."""
    found = papers.left_over()
    for paper_id in found:
        write_paper.delay(paper_id)
    return len(found)
