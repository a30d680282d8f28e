"""Events and checkpoints are only ever added: the database refuses to change, remove or empty them."""

from django.db import migrations

TABLES = ("audit_auditevent", "audit_auditcheckpoint")


def _postgresql(table):
    yield f"""
        CREATE OR REPLACE FUNCTION {table}_stands() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% of {table} is refused: evidence is never changed', TG_OP USING ERRCODE = 'restrict_violation'; END $$
    """
    yield f"CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_stands()"
    yield f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_stands()"


def _sqlite(table):
    for act in ("UPDATE", "DELETE"):
        yield f"""
            CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
            BEGIN SELECT RAISE(ABORT, '{act} of {table} is refused: evidence is never changed'); END
        """


def forwards(apps, schema_editor):
    statements = {"postgresql": _postgresql, "sqlite": _sqlite}[schema_editor.connection.vendor]
    for table in TABLES:
        for statement in statements(table):
            schema_editor.execute(statement, params=None)


def backwards(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_stands ON {table}", params=None)
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_not_emptied ON {table}", params=None)
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_stands()", params=None)
        else:
            for act in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}", params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
