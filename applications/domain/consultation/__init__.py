"""Bodies are asked about entries; each sees only what it is asked. Silence means what the policy says."""

from applications.domain.consultation.answering import answer, answer_many
from applications.domain.consultation.asking import ask
from applications.domain.consultation.lapsing import lapse
from applications.domain.consultation.setting_aside import set_aside

__all__ = ["answer", "answer_many", "ask", "lapse", "set_aside"]
