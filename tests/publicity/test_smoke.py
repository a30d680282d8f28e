import pytest
from django_scopes import scopes_disabled
from rounds import engine
from rounds.rehearsal import player_of
from tests.voting.world import make_world, publicity, vote

pytestmark = pytest.mark.django_db
STRICT = {
    "article": "23",
    "anonymous": "refused",
    "person_gives": ["name", "signature", "phone", "address", "identity_proof"],
    "unit_gives": ["domicile", "phone", "address", "seal"],
    "needs_proof": True,
    "examine_article": "24",
    "receipt": True,
    "outcome_in_writing": True,
    "outcome_article": "26",
    "notify": ["organisation", "auditing_body"],
}
LAX = {"article": "20", "anonymous": "noted", "person_gives": ["name"], "report_to": "committee"}


@pytest.mark.parametrize("rules", [STRICT, LAX])
def test_player(rules):
    with scopes_disabled():
        w = make_world(
            publicity(media={"zh": "报", "en": "paper"}, report_to=None), vote(), entries=6, objections=rules
        )
        ctx = w.rehearsal()
        ctx.candidates[0].trait = "objection_founded"
        ctx.candidates[1].trait = "objection_unfounded"
        stage = w.stage
        p = player_of(stage)
        p.forbidden(ctx, stage)
        p.play(ctx, stage)
        p.forbidden_after(ctx, stage)
        rows = w.released()
        print(sorted((r.entry_id, r.status, r.reason) for r in rows.values()))
        print(ctx.refusals)
        engine.close_stage(actor=w.head, stage=stage)
