"""A published policy document never changes: the database refuses to alter or remove it. Drafts may change."""

from django.db import migrations

TABLE = "jurisdictions_policydocument"
KEPT = ("document", "sha256", "status", "edition", "jurisdiction_id")
MESSAGE = "a published policy never changes; raise the edition"


def _postgresql():
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in KEPT)
    yield f"""
        CREATE FUNCTION {TABLE}_stands() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.status <> 'published' THEN
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END IF;
            IF TG_OP = 'UPDATE' THEN
                IF NOT ({changed}) THEN RETURN NEW; END IF;
            END IF;
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation';
        END $$
    """
    yield f"CREATE TRIGGER {TABLE}_stands BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_stands()"


def _sqlite():
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in KEPT)
    yield f"""
        CREATE TRIGGER {TABLE}_stands_update BEFORE UPDATE ON {TABLE} WHEN OLD.status = 'published' AND ({changed})
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """
    yield f"""
        CREATE TRIGGER {TABLE}_stands_delete BEFORE DELETE ON {TABLE} WHEN OLD.status = 'published'
        BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """


def forwards(apps, schema_editor):
    for statement in {"postgresql": _postgresql, "sqlite": _sqlite}[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_stands ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION {TABLE}_stands()")
    else:
        for act in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_stands_{act}")


class Migration(migrations.Migration):
    dependencies = [("jurisdictions", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
