"""Supervision looks through a chain by act: unmaskings, counter-decisions, recusals."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_evidence_stands")]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["scope", "act", "-id"], name="audit_by_act"),
        ),
    ]
