"""Every value and rule of the regulations is proven by a test that names it."""

from core.requirements import marked, table, unproven


def test_markers_name_rows_that_exist() -> None:
    assert set(marked()) - {row.id for row in table()} == set()


def test_every_value_and_rule_is_named_by_a_test() -> None:
    assert [row.id for row in unproven()] == []
